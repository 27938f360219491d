// The load test of the service: `k6 run loadtest/main.js`. See README.md beside it.

import { Counter } from 'k6/metrics';

import { Refused, useSession } from './lib/client.js';
import { drawn, journeysOf } from './lib/journeys.js';
import { scenario, thresholds } from './lib/scenarios.js';
import { settings } from './lib/settings.js';
import { prepare, takeAway } from './lib/world.js';

export const options = {
  scenarios: { [settings.scenario]: scenario() },
  thresholds: thresholds(),
  setupTimeout: '10m',
  teardownTimeout: '10m',
  summaryTrendStats: ['min', 'med', 'avg', 'p(95)', 'p(99)', 'max'],
  // Without `url` and `ip`: each row would be a series of its own.
  systemTags: ['proto', 'status', 'method', 'name', 'group', 'check', 'error_code', 'scenario', 'expected_response'],
  userAgent: 'loadtest',
};

export function setup() {
  const begun = prepare();
  if (journeysOf(begun.world).length === 0) {
    takeAway(begun);
    throw new Error('the caller may neither read nor write anything that was chosen');
  }
  return begun;
}

// What happens in one iteration: one journey of one user.
export function mixed({ session, world }) {
  useSession(session);
  const { go, resource } = drawn(journeysOf(world));
  gone(() => go(resource, world));
}

// Each journey once, with all that can be tried in it.
export function smoke({ session, world }) {
  useSession(session);
  for (const { go, name, resource } of journeysOf(world)) {
    gone(() => go(resource, world, name === 'browse' ? '-created_at' : true));
  }
}

const givenUp = new Counter('given_up');

// A user who is told to come back later too often gives up; it is counted, and no fault of theirs.
function gone(journey) {
  try {
    journey();
  } catch (error) {
    if (!(error instanceof Refused)) {
      throw error;
    }
    givenUp.add(1);
  }
}

export function teardown(begun) {
  takeAway(begun);
}
