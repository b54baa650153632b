import { type DynamicModule, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { HealthController } from './health.controller.js';
import { MetricsController } from './metrics.controller.js';
import { HEALTH, type Health, type Probes } from './probes.js';

/** Probes and metrics, for those who run the service. */
@Module({})
export class HealthModule {
  /** @param neededToRead names of the probes without which not even reads can be served; all, when left out */
  static over(probes: Probes, neededToRead: readonly string[] = Object.keys(probes)): DynamicModule {
    return {
      module: HealthModule,
      imports: [TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController, MetricsController],
      providers: [{ provide: HEALTH, useValue: { probes, neededToRead } satisfies Health }],
    };
  }
}
