// What one writes to have console calls exported by OpenTelemetry's own packages, as their READMEs say.
const { logs } = require('@opentelemetry/api-logs');
const { OTLPLogExporter } = require('@opentelemetry/exporter-logs-otlp-proto');
const { registerInstrumentations } = require('@opentelemetry/instrumentation');
const { ConsoleInstrumentation } = require('@opentelemetry/instrumentation-console');
const { BatchLogRecordProcessor, LoggerProvider } = require('@opentelemetry/sdk-logs');

const processor = new BatchLogRecordProcessor({ exporter: new OTLPLogExporter() });
const loggerProvider = new LoggerProvider({ processors: [processor] });
logs.setGlobalLoggerProvider(loggerProvider);
registerInstrumentations({ instrumentations: [new ConsoleInstrumentation()], loggerProvider });
// A program that ends by itself delivers what is left.
process.once('beforeExit', () => loggerProvider.shutdown());
