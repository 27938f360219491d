// How many users come, and what must hold while they do.

import { settings } from './settings.js';

// Users come whether or not others are still waiting: an open model, in which a slow service is
// not spared. See https://grafana.com/docs/k6/latest/using-k6/scenarios/concepts/open-vs-closed/
function open(more) {
  return {
    exec: 'mixed',
    timeUnit: '1s',
    preAllocatedVUs: settings.users,
    maxVUs: Math.max(settings.users, settings.mostUsers),
    gracefulStop: '60s',
    ...more,
  };
}

function ramping(stages) {
  return open({ executor: 'ramping-arrival-rate', startRate: 1, stages });
}

export function scenario() {
  const { rate, ramp, hold, soak, peak } = settings;
  switch (settings.scenario) {
    case 'load':
      return ramping([
        { target: rate, duration: ramp },
        { target: rate, duration: hold },
        { target: 1, duration: ramp },
      ]);
    case 'stress': {
      // Step by step, each held: the step at which it no longer holds is what it can take.
      const steps = [1, 2, 3, 4].map((step) => Math.ceil(rate * (1 + ((peak - 1) * step) / 4)));
      const stages = [rate, ...steps].flatMap((target) => [
        { target, duration: ramp },
        { target, duration: hold },
      ]);
      return ramping([...stages, { target: 1, duration: ramp }]);
    }
    case 'spike':
      return ramping([
        { target: rate, duration: ramp },
        { target: Math.ceil(rate * peak), duration: '10s' },
        { target: Math.ceil(rate * peak), duration: ramp },
        { target: rate, duration: '10s' },
        { target: rate, duration: hold },
      ]);
    case 'soak':
      return open({ executor: 'constant-arrival-rate', rate, duration: soak });
    default:
      return { exec: 'smoke', executor: 'per-vu-iterations', vus: 1, iterations: 1, maxDuration: '10m' };
  }
}

// Rows that are made before and taken away after the test are not of its scenario, and not judged.
// Latency is that of answers as they should be: a refusal is quick and says nothing of it.
export function thresholds() {
  const of = `scenario:${settings.scenario}`;
  const times = (kind) => `http_req_duration{${of},kind:${kind},expected_response:true}`;
  const smoke = settings.scenario === 'smoke';
  const found = {
    checks: [smoke ? 'rate==1' : `rate>=${1 - settings.errors}`],
    [`unexpected_answers{${of}}`]: [smoke ? 'rate==0' : `rate<=${settings.errors}`],
  };
  if (smoke) {
    // Who gives up has tried nothing, and so found nothing wrong.
    return { ...found, given_up: ['count==0'] };
  }
  return {
    ...found,
    [times('read')]: [`p(95)<=${settings.readP95}`, `p(99)<=${settings.readP99}`],
    [times('write')]: [`p(95)<=${settings.writeP95}`, `p(99)<=${settings.writeP99}`],
    [times('hash')]: [`p(95)<=${settings.hashP95}`, `p(99)<=${settings.hashP99}`],
    [`refused_requests{${of}}`]: [`rate<=${settings.refused}`],
    // What could not even begin, because all users were still waiting.
    dropped_iterations: [`rate<=${settings.rate * settings.dropped}`],
  };
}
