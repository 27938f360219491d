// What there is to work with: found out and made before the test, taken away after it.

import exec from 'k6/execution';

import { Refused, json, signIn, useSession } from './client.js';
import contract from './contract.js';
import { create, list, patch, read, remove, removeAll, resources } from './rows.js';
import { settings } from './settings.js';

// Signs in, finds out what the caller may do, and makes rows of each resource.
export function prepare() {
  if (contract.login !== null && (settings.login === '' || settings.password === '')) {
    exec.test.abort('ADMIN_LOGIN and ADMIN_PASSWORD say who signs in');
  }
  const unknown = settings.only.filter((name) => !resources.some((each) => each.name === name));
  if (unknown.length > 0) {
    exec.test.abort(`ONLY: there is no ${unknown.join(', ')}; there are ${resources.map((each) => each.name).join(', ')}`);
  }
  const session = signIn();
  useSession(session);
  const world = Object.fromEntries(resources.map((each) => [each.name, { can: {}, found: [], made: [] }]));
  const made = [];
  try {
    for (const resource of resources) {
      discover(resource, world[resource.name]);
      furnish(resource, world, made);
    }
  } catch (error) {
    removeAll(made);
    throw error;
  }
  return { session, world, made };
}

function has(resource, action) {
  return resource.actions.includes(action);
}

function discover(resource, state) {
  if (!has(resource, 'list')) {
    return;
  }
  const answer = list(resource, { limit: settings.pageSize }, [200, 403]);
  state.can.list = answer.status === 200;
  state.found = (json(answer)?.items ?? []).map((each) => each.id);
}

function furnish(resource, world, made) {
  const state = world[resource.name];
  const wanted = has(resource, 'create') && (has(resource, 'delete') || settings.leaveRows);
  const first = wanted ? create(resource, world, made, [201, 403]) : null;
  const id = first === null ? state.found[0] : first.id;
  state.can.read = has(resource, 'read') && id !== undefined && read(resource, id, { expected: [200, 403, 404] }).status === 200;
  if (first === null) {
    return;
  }
  state.can.create = true;
  const row = made[made.length - 1];
  if (has(resource, 'update')) {
    const answer = patch(resource, row.id, row.etag, [200, 403]);
    state.can.update = answer.status === 200;
    row.etag = answer.headers.Etag || row.etag;
  }
  if (has(resource, 'delete')) {
    state.can.delete = remove(resource, row.id, row.etag, [204, 403]).status === 204;
    if (state.can.delete) {
      made.pop();
    }
  }
  if (!state.can.delete && !settings.leaveRows) {
    console.warn(`${resource.name}: the caller may make a row and not delete it, so it is only read; one row stays`);
    state.can.create = false;
    return;
  }
  for (let left = settings.rows; left > 0; left -= 1) {
    const more = create(resource, world, made);
    if (more !== null) {
      state.made.push(more.id);
    }
  }
}

// Takes away what was made.
export function takeAway({ session, made }) {
  if (settings.leaveRows) {
    return;
  }
  useSession(session);
  const count = made.length;
  try {
    const left = removeAll(made);
    if (left > 0) {
      console.warn(`${left} of ${count} rows that were made before the test are still there`);
    }
  } catch (error) {
    if (!(error instanceof Refused)) {
      throw error;
    }
    console.warn(`not all rows that were made before the test could be taken away: ${error.message}`);
  }
}
