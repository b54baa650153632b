import { Controller, Get, Inject } from '@nestjs/common';
import { HealthCheck, HealthCheckService, type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import { HEALTH, type Health, type Probe } from './probes.js';

/**
 * Row O4. Alive is whoever answers, whatever its neighbours do; ready is whoever can do all of its work now; readable is who
 * can serve reads, and says 503 with Retry-After to writes: what a load balancer should ask a frontend.
 */
@Controller('health')
export class HealthController {
  readonly #checks: HealthCheckService;
  readonly #indicators: HealthIndicatorService;
  readonly #health: Health;

  constructor(
    @Inject(HealthCheckService) checks: HealthCheckService,
    @Inject(HealthIndicatorService) indicators: HealthIndicatorService,
    @Inject(HEALTH) health: Health,
  ) {
    this.#checks = checks;
    this.#indicators = indicators;
    this.#health = health;
  }

  @Get('live')
  @HealthCheck()
  live() {
    return this.#checks.check([]);
  }

  @Get('ready')
  @HealthCheck()
  ready() {
    return this.#checkAll(() => true);
  }

  @Get('readable')
  @HealthCheck()
  readable() {
    return this.#checkAll((name) => this.#health.neededToRead.includes(name));
  }

  #checkAll(isWanted: (name: string) => boolean) {
    const wanted = Object.entries(this.#health.probes).filter(([name]) => isWanted(name));
    return this.#checks.check(
      wanted.map(
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
