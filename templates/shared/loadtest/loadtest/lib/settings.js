// What the environment says, read once and checked before anything is sent.

function number(name, usual, least = 0) {
  const said = __ENV[name];
  const found = said === undefined || said === '' ? usual : Number(said);
  if (!Number.isFinite(found) || found < least) {
    throw new Error(`${name}: a number from ${least} on is expected, found ${said}`);
  }
  return found;
}

function duration(name, usual) {
  const said = __ENV[name] || usual;
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(said)) {
    throw new Error(`${name}: a duration such as 90s, 5m or 2h is expected, found ${said}`);
  }
  return said;
}

function choice(name, known) {
  const said = __ENV[name] || known[0];
  if (!known.includes(said)) {
    throw new Error(`${name}: one of ${known.join(', ')} is expected, found ${said}`);
  }
  return said;
}

function list(name) {
  return (__ENV[name] || '').split(',').map((each) => each.trim()).filter((each) => each !== '');
}

export const settings = {
  url: (__ENV.BASE_URL || 'http://127.0.0.1:8000').replace(/\/+$/, ''),
  login: __ENV.ADMIN_LOGIN || '',
  password: __ENV.ADMIN_PASSWORD || '',
  scenario: choice('SCENARIO', ['smoke', 'load', 'stress', 'spike', 'soak']),
  only: list('ONLY'),

  // Journeys that begin each second; one is a few requests.
  rate: number('RATE', 10, 1),
  ramp: duration('RAMP', '1m'),
  hold: duration('HOLD', '5m'),
  soak: duration('SOAK', '2h'),
  peak: number('PEAK', 4, 1),
  users: number('USERS', 20, 1),
  mostUsers: number('MOST_USERS', 400, 1),

  // What is done, and with how much.
  writes: number('WRITES', 0.15),
  pages: number('PAGES', 3, 1),
  pageSize: number('PAGE_SIZE', 20, 1),
  rows: number('ROWS', 20, 1),
  leaveRows: __ENV.LEAVE_ROWS === 'true',

  // What an answer may take at most, in milliseconds, and how many may be wrong, as a share.
  readP95: number('READ_P95', 200),
  readP99: number('READ_P99', 500),
  writeP95: number('WRITE_P95', 400),
  writeP99: number('WRITE_P99', 1000),
  hashP95: number('HASH_P95', 1500),
  hashP99: number('HASH_P99', 3000),
  errors: number('ERRORS', 0.001),
  refused: number('REFUSED', 0.01),
  dropped: number('DROPPED', 0.01),

  // How a client waits that is told to come back later.
  timeout: duration('TIMEOUT', '10s'),
  tries: number('TRIES', 3, 1),
  longestWait: number('LONGEST_WAIT', 65),
};
