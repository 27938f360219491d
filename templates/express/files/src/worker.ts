/** The worker: a process beside the service that works off events. It serves its health and measures alone. */

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';

import express from 'express';

import { ConfigError, type Config, readConfig } from './config.js';
import { handlers } from './handlers.js';
import { makeDatabase, makePool } from './platform/database.js';
import { noRoute, onError } from './platform/errors.js';
import { healthRoutes } from './platform/health.js';
import { type Handlers, makeWorker, watchOldest } from './platform/jobs.js';
import { logRequests, makeLogger } from './platform/logger.js';
import { makeTelemetry } from './platform/telemetry.js';

/** Starts a worker; gives what stops it. */
export async function startWorker(config: Config, by: Handlers = handlers): Promise<{ server: Server; stop: () => Promise<void> }> {
  const logger = makeLogger(config);
  const pool = makePool(config, logger);
  const database = makeDatabase(pool);
  const telemetry = makeTelemetry(config, pool);
  telemetry.register();
  watchOldest(telemetry.meter, database);
  const worker = makeWorker({ config, logger, database, meter: telemetry.meter }, by);
  const lifecycle = { stopping: false };
  const app = express();
  app.disable('x-powered-by');
  app.use(logRequests(logger));
  app.use(healthRoutes(pool, lifecycle));
  app.get('/metrics', telemetry.serve);
  app.use(noRoute);
  app.use(onError);
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.workerPort, config.host, resolve);
  });
  logger.info({ address: server.address() }, 'working');
  const running = worker.run();

  const stop = async (): Promise<void> => {
    lifecycle.stopping = true;
    worker.stop();
    await atMost(running, config.shutdownSeconds);
    await atMost(worker.giveBack(), 5);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await telemetry.stop();
    await atMost(pool.end(), 1);
    logger.info('stopped');
  };
  return { server, stop };
}

async function atMost(work: Promise<void>, seconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, seconds * 1000);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}

if (import.meta.filename === process.argv[1]) {
  try {
    const { stop } = await startWorker(readConfig(process.env));
    // Told a second time, it ends at once.
    await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
    await stop();
    // What still runs is not waited for any longer: its events were given back.
    process.exit(0);
  } catch (error) {
    console.error(error instanceof ConfigError ? error.message : error);
    process.exitCode = 1;
  }
}
