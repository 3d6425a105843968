// The preload, as `node --import @emp/otel-register` loads it. Importing it is all there is to do.
import './register.cjs';
