/**
 * What every operation of the SDK is written against: steps and their plans, named waits, events,
 * errors, the runbook with its journal and report, and the ports through which operations reach the
 * world.
 */
@NullMarked
package io.clusterrecovery;

import org.jspecify.annotations.NullMarked;
