// Values that the contract takes, drawn anew each time.

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const DAY = 24 * 60 * 60 * 1000;
const FIRST_DAY = Date.UTC(2026, 0, 1);

export function between(least, most) {
  return least + Math.floor(Math.random() * (most - least + 1));
}

export function pick(values) {
  return values[between(0, values.length - 1)];
}

export function uuid() {
  const digits = Array.from({ length: 32 }, () => between(0, 15).toString(16));
  digits[12] = '4';
  digits[16] = pick(['8', '9', 'a', 'b']);
  return digits.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function name(length) {
  return Array.from({ length }, () => LETTERS[between(0, LETTERS.length - 1)]).join('');
}

function text(least, most) {
  const length = Math.min(most, Math.max(least, 12));
  return name(length);
}

function email(most) {
  const host = most < 24 ? '@a.io' : '@example.com';
  return name(Math.min(12, most - host.length)) + host;
}

function url(most) {
  const host = 'https://example.com/';
  return host + name(Math.min(12, most - host.length));
}

function decimal(least, most, scale) {
  const drawn = between(least, most);
  const digits = String(Math.abs(drawn)).padStart(scale + 1, '0');
  const whole = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return drawn < 0 ? `-${whole}` : whole;
}

function assembled(parts, more) {
  return parts
    .map((part) => {
      const times = between(part.least, Math.min(part.most, part.least + more));
      const once = () => (part.arms ? assembled(pick(part.arms), more) : pick(part.of));
      return Array.from({ length: times }, once).join('');
    })
    .join('');
}

// Gives a text that a pattern takes. Which repeats give an allowed length is found by trying.
function matching({ parts, least, most, known }) {
  for (let tried = 0; tried < 100; tried += 1) {
    const made = assembled(parts, 4 + (tried % 40));
    if (made.length >= Math.max(least, 1) && made.length <= most && (tried > 50 || made.length >= Math.min(8, most))) {
      return made;
    }
  }
  return pick(known);
}

// Gives a value of what `drawn` describes.
export function value(drawn) {
  switch (drawn.kind) {
    case 'text':
      return text(drawn.least, drawn.most);
    case 'matching':
      return matching(drawn);
    case 'email':
      return email(drawn.most);
    case 'url':
      return url(drawn.most);
    case 'whole':
      return between(drawn.least, drawn.most);
    case 'decimal':
      return decimal(drawn.least, drawn.most, drawn.scale);
    case 'float':
      return drawn.least + Math.random() * (drawn.most - drawn.least);
    case 'choice':
      return pick(drawn.of);
    case 'boolean':
      return Math.random() < 0.5;
    case 'date':
      return new Date(FIRST_DAY + between(0, 300) * DAY).toISOString().slice(0, 10);
    case 'datetime':
      return new Date(FIRST_DAY + Math.floor(Math.random() * 300 * DAY)).toISOString();
    case 'uuid':
      return uuid();
    case 'json':
      return { source: 'loadtest', number: between(1, 1000) };
    default:
      throw new Error(`no value is drawn of ${drawn.kind}`);
  }
}
