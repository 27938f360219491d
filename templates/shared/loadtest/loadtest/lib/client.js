// The service as its clients see it: who is signed in, what is counted, how one waits.

import { check, sleep } from 'k6';
import exec from 'k6/execution';
import http from 'k6/http';
import { Counter, Rate } from 'k6/metrics';

import contract from './contract.js';
import { settings } from './settings.js';

const unexpected = new Rate('unexpected_answers');
const refused = new Rate('refused_requests');
const throttled = new Counter('throttled_429');
const unavailable = new Counter('unavailable_503');
const waited = new Counter('waited_seconds');

// Thrown where the service asks to come back later more often than a client would.
export class Refused extends Error {}

// Seconds to wait: what the service says, not longer than is bearable, and not all at once.
function pause(answer) {
  const said = Number(answer.headers['Retry-After']);
  const seconds = Number.isFinite(said) && said > 0 ? said : 1;
  return Math.min(seconds, settings.longestWait) + Math.random();
}

function sent(method, path, body, tags, headers, expected) {
  return http.request(method, settings.url + path, body, {
    headers,
    tags,
    timeout: settings.timeout,
    redirects: 0,
    responseCallback: http.expectedStatuses(...expected),
  });
}

// Asks once, and again as often as a client would that is told to come back later.
//
// `route` is the path as the contract has it, so that there are as many series as operations;
// `expected` are the statuses that are right.
export function ask(method, route, { path = route, body, headers = {}, expected, kind, tags = {} }) {
  const named = { name: `${method} ${route}`, kind, ...tags };
  for (let left = settings.tries - 1; ; left -= 1) {
    const answer = sent(method, path, body, named, { Accept: 'application/json, application/problem+json', ...headers }, expected);
    const later = answer.status === 429 || answer.status === 503;
    refused.add(later, named);
    if (!later) {
      const right = expected.includes(answer.status);
      unexpected.add(!right, named);
      if (!right) {
        told(named.name, answer);
      }
      return answer;
    }
    (answer.status === 429 ? throttled : unavailable).add(1, named);
    if (left <= 0) {
      throw new Refused(`${named.name}: ${answer.status}`);
    }
    const seconds = pause(answer);
    waited.add(seconds, named);
    sleep(seconds);
  }
}

// Tells what was wrong: all of it in a smoke test, else the first of each user.
let toldOnce = false;

function told(name, answer) {
  if (settings.scenario === 'smoke' || !toldOnce) {
    toldOnce = true;
    console.warn(`${name}: ${answer.status} ${answer.error || ''} ${String(answer.body || '').slice(0, 500)}`);
  }
}

// Gives what a JSON answer holds; null where it is none.
export function json(answer) {
  try {
    return answer.json();
  } catch {
    return null;
  }
}

// Holds an answer against what it must be; each claim is counted under the operation's name.
export function hold(answer, name, claims) {
  const named = Object.entries(claims).map(([what, claim]) => [`${name}: ${what}`, claim]);
  return check(answer, Object.fromEntries(named), { claim: name });
}

// A session; used until somewhere in the second half of its time, so that users do not sign in
// all at once. A refresh token is good for one user only, so that each signs in by itself.
let session = null;

export function signIn() {
  if (contract.login === null) {
    return null;
  }
  const body = JSON.stringify({ [contract.login]: settings.login, password: settings.password });
  const answer = ask('POST', `${contract.base}/sessions`, {
    body,
    headers: { 'Content-Type': 'application/json' },
    expected: [201],
    kind: 'session',
  });
  const made = json(answer);
  if (answer.status !== 201 || made === null) {
    exec.test.abort(`ADMIN_LOGIN cannot sign in: ${answer.status} ${answer.error || ''}`);
  }
  return { token: made.access_token, since: Date.now(), seconds: made.expires_in };
}

export function useSession(given) {
  if (session === null && given !== null) {
    session = { ...given, until: lasting(given) };
  }
}

function lasting({ since, seconds }) {
  return since + seconds * 1000 * (0.5 + 0.4 * Math.random());
}

export function credentials() {
  if (session === null) {
    return {};
  }
  if (Date.now() > session.until) {
    const fresh = signIn();
    session = { ...fresh, until: lasting(fresh) };
  }
  return { Authorization: `Bearer ${session.token}` };
}
