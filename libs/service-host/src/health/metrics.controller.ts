import { Controller, Get, Header } from '@nestjs/common';
import { metricsText, metricsType } from '@almanac/observability';

/** What Prometheus scrapes. */
@Controller('metrics')
export class MetricsController {
  @Get()
  @Header('Content-Type', metricsType)
  read(): Promise<string> {
    return metricsText();
  }
}
