/**
 * A lab of real parts for control-plane recovery: hosts that boot systemd, with sshd, etcd and
 * Kubernetes on them, and what stands around a control plane.
 *
 * <p>A lab needs Linux and root. {@link io.clusterrecovery.testkit.Lab} is the way in.
 */
@NullMarked
package io.clusterrecovery.testkit;

import org.jspecify.annotations.NullMarked;
