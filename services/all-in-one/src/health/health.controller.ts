import { Controller, Get, Inject } from '@nestjs/common';
import { HealthCheck, HealthCheckService, type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import { TENANT_READER, type TenantReader } from '@almanac/ports';

/** Probes. Alive is whoever answers; ready is who can read the store. */
@Controller('health')
export class HealthController {
  readonly #checks: HealthCheckService;
  readonly #indicators: HealthIndicatorService;
  readonly #tenants: TenantReader;

  constructor(
    @Inject(HealthCheckService) checks: HealthCheckService,
    @Inject(HealthIndicatorService) indicators: HealthIndicatorService,
    @Inject(TENANT_READER) tenants: TenantReader,
  ) {
    this.#checks = checks;
    this.#indicators = indicators;
    this.#tenants = tenants;
  }

  @Get('live')
  @HealthCheck()
  live() {
    return this.#checks.check([]);
  }

  @Get('ready')
  @HealthCheck()
  ready() {
    return this.#checks.check([() => this.#store()]);
  }

  async #store(): Promise<HealthIndicatorResult> {
    const store = this.#indicators.check('store');
    try {
      await this.#tenants.tenants();
      return store.up();
    } catch (error) {
      return store.down({ reason: error instanceof Error ? error.message : String(error) });
    }
  }
}
