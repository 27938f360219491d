// Rows of the service: made, read, changed and removed, each answer held against the contract.

import { ask, credentials, json } from './client.js';
import contract from './contract.js';
import { pick, uuid, value } from './values.js';

export const resources = contract.resources;

const byName = Object.fromEntries(resources.map((each) => [each.name, each]));
const AGAIN = 5;

function request(resource, method, more, id) {
  const route = id === undefined ? resource.path : `${resource.path}/{id}`;
  const path = (id === undefined ? resource.path : `${resource.path}/${id}`) + (more.query || '');
  return ask(method, route, {
    ...more,
    path,
    tags: { resource: resource.name },
    kind: more.kind || (method === 'GET' ? 'read' : 'write'),
    headers: { ...credentials(), ...more.headers },
  });
}

export function list(resource, asked, expected = [200]) {
  const query = Object.entries(asked)
    .filter(([, said]) => said !== undefined)
    .map(([name, said]) => `${name}=${encodeURIComponent(said)}`)
    .join('&');
  return request(resource, 'GET', { expected, query: query === '' ? '' : `?${query}` });
}

export function read(resource, id, { headers = {}, fields = '', expected = [200] } = {}) {
  const query = fields === '' ? '' : `?fields=${encodeURIComponent(fields)}`;
  return request(resource, 'GET', { headers, expected, query }, id);
}

// A row that was made, with what takes it away again.
function rowOf(resource, answer) {
  return { resource: resource.name, id: json(answer).id, etag: answer.headers.Etag };
}

// Sends a new row under a key of its own, so that it may be sent again.
export function send(resource, body, key, expected) {
  return request(resource, 'POST', {
    body,
    expected,
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
    kind: resource.hashes ? 'hash' : 'write',
  });
}

// Gives the body of a new row; null where a row that it leads to is not there.
//
// `world` knows rows that are there, `made` is told those that are made for this one alone.
export function bodyOf(resource, world, made) {
  const body = {};
  for (const each of resource.body) {
    body[each.name] = value(each.value);
  }
  for (const each of resource.references) {
    const known = world[each.to];
    if (each.from === 'fresh') {
      const parent = create(byName[each.to], world, made);
      if (parent === null) {
        return null;
      }
      body[each.name] = parent.id;
    } else {
      const ids = each.from === 'found' ? known.found : [...known.made, ...known.found];
      if (ids.length === 0) {
        return null;
      }
      body[each.name] = pick(ids);
    }
  }
  for (const each of resource.links) {
    const ids = world[each.to].made;
    body[each.name] = ids.length === 0 ? [] : [pick(ids)];
  }
  return body;
}

// Makes a row with all that it needs, and gives it; null where it cannot be made.
//
// A value that is taken is drawn anew, as the next user would type another one.
export function create(resource, world, made, expected = [201]) {
  for (let left = AGAIN; left > 0; left -= 1) {
    const body = bodyOf(resource, world, made);
    if (body === null) {
      return null;
    }
    const key = uuid();
    const text = JSON.stringify(body);
    const answer = send(resource, text, key, left > 1 ? [...expected, 409] : expected);
    if (answer.status === 201) {
      const row = { ...rowOf(resource, answer), answer, key, text };
      made.push({ resource: row.resource, id: row.id, etag: row.etag });
      return row;
    }
    if (answer.status !== 409) {
      return null;
    }
  }
  return null;
}

export function patch(resource, id, etag, expected = [200]) {
  const name = pick(resource.changes);
  const drawn = resource.body.find((each) => each.name === name).value;
  return request(
    resource,
    'PATCH',
    {
      body: JSON.stringify({ [name]: value(drawn) }),
      expected,
      headers: { 'Content-Type': 'application/merge-patch+json', 'If-Match': etag },
    },
    id,
  );
}

export function remove(resource, id, etag, expected = [204]) {
  return request(resource, 'DELETE', { expected, headers: { 'If-Match': etag } }, id);
}

// Takes rows away, those that were made last first; gives how many stay.
export function removeAll(made) {
  let left = 0;
  for (const row of made.slice().reverse()) {
    left += cleared(byName[row.resource], row) ? 0 : 1;
  }
  made.length = 0;
  return left;
}

function cleared(resource, { id, etag }) {
  if (!resource.actions.includes('delete')) {
    return false;
  }
  const expected = [204, 403, 404, 409, 412];
  let answer = remove(resource, id, etag, expected);
  if (answer.status === 412) {
    const now = read(resource, id, { expected: [200, 403, 404] });
    answer = now.status === 200 ? remove(resource, id, now.headers.Etag, expected) : now;
  }
  return answer.status === 204 || answer.status === 404;
}
