// What a user does, in the order in which users do it.

import { Refused, hold, json } from './client.js';
import { create, list, patch, read, remove, removeAll, resources, send } from './rows.js';
import { settings } from './settings.js';
import { pick } from './values.js';

const STILL = ['-created_at', 'created_at'];

// Walks through a list by its cursors, and looks at a row that was found there.
export function browse(resource, world, sort = pick(resource.sorts)) {
  const seen = new Set();
  let cursor;
  let last = [];
  for (let page = 0; page < settings.pages; page += 1) {
    const answer = list(resource, { limit: settings.pageSize, sort, cursor });
    const found = json(answer);
    const items = found?.items ?? [];
    const claims = {
      'a page has as many rows as were asked for at most': () => Array.isArray(found?.items) && items.length <= settings.pageSize,
      'a page tells where to go on': () => found !== null && found.next_cursor !== undefined,
    };
    if (STILL.includes(sort)) {
      // What rows are ordered by does not change here, so that no row moves to a later page.
      claims['no row is on two pages'] = () => items.every((each) => !seen.has(each.id));
    }
    hold(answer, `list ${resource.name}`, claims);
    items.forEach((each) => seen.add(each.id));
    last = items.length > 0 ? items : last;
    cursor = found?.next_cursor;
    if (!cursor) {
      break;
    }
  }
  if (last.length > 0 && world[resource.name].can.read) {
    read(resource, pick(last).id, { expected: [200, 404] });
  }
}

// Looks at a row, then asks whether it is still as it was, then for a part of it.
export function look(resource, world) {
  const { made, found } = world[resource.name];
  const id = pick(made.length > 0 ? made : found);
  const gone = made.length > 0 ? [] : [404];
  const answer = read(resource, id, { expected: [200, ...gone] });
  if (answer.status !== 200) {
    return;
  }
  const etag = answer.headers.Etag;
  hold(answer, `get ${resource.name}`, {
    'it is the row that was asked for': () => String(json(answer)?.id) === String(id),
    'it has a strong ETag': () => /^"[^"]+"$/.test(etag || ''),
  });
  const known = read(resource, id, { headers: { 'If-None-Match': etag }, expected: [200, 304, ...gone] });
  hold(known, `get ${resource.name}`, {
    'what is known is not sent again': () => (known.status === 304 && !known.body) || known.headers.Etag !== etag,
  });
  const part = read(resource, id, { fields: resource.fields.join(','), expected: [200, ...gone] });
  hold(part, `get ${resource.name}`, {
    'a part has what was asked for only': () =>
      part.status === 404 || Object.keys(json(part) || {}).every((name) => resource.fields.includes(name)),
  });
}

// Makes a row, reads and changes it, and takes it away again; nothing of it stays.
//
// With `all` each precondition and the repeat of a request are tried as well, else now and then.
export function change(resource, world, all = Math.random() < 0.05) {
  const made = [];
  try {
    const row = create(resource, world, made);
    if (row !== null) {
      changed(resource, world[resource.name].can, row, made, all);
    }
  } finally {
    if (!settings.leaveRows) {
      clear(made);
    }
  }
}

function changed(resource, can, row, made, all) {
  hold(row.answer, `create ${resource.name}`, {
    'Location leads to the row': () => (row.answer.headers.Location || '').endsWith(`${resource.path}/${row.id}`),
    'it has an ETag': () => Boolean(row.etag),
  });
  if (all) {
    const again = send(resource, row.text, row.key, [201]);
    hold(again, `create ${resource.name}`, {
      'sent again it is done once': () => json(again)?.id === row.id,
    });
  }
  if (can.read) {
    const answer = read(resource, row.id);
    hold(answer, `get ${resource.name}`, {
      'the ETag is that of the answer that made it': () => answer.headers.Etag === row.etag,
    });
  }
  let etag = row.etag;
  if (can.update) {
    const answer = patch(resource, row.id, etag);
    etag = answer.headers.Etag || etag;
    made[made.length - 1].etag = etag;
    hold(answer, `update ${resource.name}`, {
      'the row is the same one': () => json(answer)?.id === row.id,
    });
    if (all && etag !== row.etag) {
      patch(resource, row.id, row.etag, [412]);
    }
  }
  if (can.delete && !settings.leaveRows) {
    const answer = remove(resource, row.id, etag);
    if (answer.status === 204) {
      made.pop();
      if (all && can.read) {
        read(resource, row.id, { expected: [404] });
      }
    }
  }
}

function clear(made) {
  try {
    removeAll(made);
  } catch (error) {
    if (!(error instanceof Refused)) {
      throw error;
    }
  }
}

// Which journeys there are of what the caller may do, each with its share.
export function journeysOf(world) {
  const found = [];
  for (const resource of resources) {
    const { can, made, found: there } = world[resource.name];
    if (can.list) {
      found.push({ name: 'browse', resource, go: browse, share: 2 });
    }
    if (can.read && made.length + there.length > 0) {
      found.push({ name: 'look', resource, go: look, share: 1 });
    }
    if (can.create && (can.delete || settings.leaveRows)) {
      found.push({ name: 'change', resource, go: change, share: 0 });
    }
  }
  return found.filter(({ resource }) => settings.only.length === 0 || settings.only.includes(resource.name));
}

// Draws a journey: one that writes as often as is asked for, else one that reads.
export function drawn(journeys) {
  const writing = journeys.filter(({ share }) => share === 0);
  const reading = journeys.filter(({ share }) => share > 0);
  if (writing.length > 0 && (reading.length === 0 || Math.random() < settings.writes)) {
    return pick(writing);
  }
  let left = Math.random() * reading.reduce((sum, { share }) => sum + share, 0);
  return reading.find(({ share }) => (left -= share) < 0) || reading[0];
}
