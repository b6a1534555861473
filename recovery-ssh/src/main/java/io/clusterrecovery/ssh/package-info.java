/** Hosts reached over SSH: {@link io.clusterrecovery.ssh.SshHost}. */
@NullMarked
package io.clusterrecovery.ssh;

import org.jspecify.annotations.NullMarked;
