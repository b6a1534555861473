/** Runnable examples of the SDK, and the drill: a whole recovery of a lab of real parts. */
@NullMarked
package io.clusterrecovery.examples;

import org.jspecify.annotations.NullMarked;
