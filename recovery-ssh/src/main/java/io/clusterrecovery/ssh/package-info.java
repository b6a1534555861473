/** Hosts: over SSH, {@link io.clusterrecovery.ssh.SshHost}; this machine, {@link LocalHost}. */
@NullMarked
package io.clusterrecovery.ssh;

import org.jspecify.annotations.NullMarked;
