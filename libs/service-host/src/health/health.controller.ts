import { Controller, Get, Inject } from '@nestjs/common';
import { HealthCheck, HealthCheckService, type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import { type Probe, PROBES, type Probes } from './probes.js';

/** Row O4. Alive is whoever answers, whatever its neighbours do; ready is whoever can do its work now. */
@Controller('health')
export class HealthController {
  readonly #checks: HealthCheckService;
  readonly #indicators: HealthIndicatorService;
  readonly #probes: Probes;

  constructor(
    @Inject(HealthCheckService) checks: HealthCheckService,
    @Inject(HealthIndicatorService) indicators: HealthIndicatorService,
    @Inject(PROBES) probes: Probes,
  ) {
    this.#checks = checks;
    this.#indicators = indicators;
    this.#probes = probes;
  }

  @Get('live')
  @HealthCheck()
  live() {
    return this.#checks.check([]);
  }

  @Get('ready')
  @HealthCheck()
  ready() {
    return this.#checks.check(
      Object.entries(this.#probes).map(
        ([name, probe]) =>
          () =>
            this.#look(name, probe),
      ),
    );
  }

  async #look(name: string, probe: Probe): Promise<HealthIndicatorResult> {
    const indicator = this.#indicators.check(name);
    try {
      return indicator.up((await probe()) ?? {});
    } catch (error) {
      return indicator.down({ reason: error instanceof Error ? error.message : String(error) });
    }
  }
}
