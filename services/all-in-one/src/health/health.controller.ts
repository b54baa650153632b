import { Controller, Get, Inject } from '@nestjs/common';
import { HealthCheck, HealthCheckService, type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import { TENANT_READER, type TenantReader } from '@almanac/ports';
import { WRITER_PROBE, type WriterProbe } from './writer-probe.js';

/** Probes. Alive is whoever answers; ready is who can read the store and write to it. */
@Controller('health')
export class HealthController {
  readonly #checks: HealthCheckService;
  readonly #indicators: HealthIndicatorService;
  readonly #tenants: TenantReader;
  readonly #writer: WriterProbe;

  constructor(
    @Inject(HealthCheckService) checks: HealthCheckService,
    @Inject(HealthIndicatorService) indicators: HealthIndicatorService,
    @Inject(TENANT_READER) tenants: TenantReader,
    @Inject(WRITER_PROBE) writer: WriterProbe,
  ) {
    this.#checks = checks;
    this.#indicators = indicators;
    this.#tenants = tenants;
    this.#writer = writer;
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
      await this.#writer();
      return store.up();
    } catch (error) {
      return store.down({ reason: error instanceof Error ? error.message : String(error) });
    }
  }
}
