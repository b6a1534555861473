/** Tells OpenTelemetry what happens during a recovery. */
@NullMarked
package io.clusterrecovery.otel;

import org.jspecify.annotations.NullMarked;
