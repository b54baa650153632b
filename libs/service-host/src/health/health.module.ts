import { type DynamicModule, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { HealthController } from './health.controller.js';
import { MetricsController } from './metrics.controller.js';
import { PROBES, type Probes } from './probes.js';

/** Probes and metrics, for those who run the service. */
@Module({})
export class HealthModule {
  static over(probes: Probes): DynamicModule {
    return {
      module: HealthModule,
      imports: [TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController, MetricsController],
      providers: [{ provide: PROBES, useValue: probes }],
    };
  }
}
