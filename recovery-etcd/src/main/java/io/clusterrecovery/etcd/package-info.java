/**
 * Restores etcd quorum on a surviving host, and grows etcd to full membership again.
 *
 * <p>Entry points: {@link io.clusterrecovery.etcd.QuorumRestorer} and {@link
 * io.clusterrecovery.etcd.MemberExpander}. jetcd stays behind them.
 */
@NullMarked
package io.clusterrecovery.etcd;

import org.jspecify.annotations.NullMarked;
