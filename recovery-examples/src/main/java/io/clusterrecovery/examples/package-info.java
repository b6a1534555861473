/**
 * Runnable examples of the SDK, and the drill: a whole recovery of a lab of real parts.
 *
 * <p>One class a task, each a {@code main} to copy from: {@link
 * io.clusterrecovery.examples.RestoreQuorum}, {@link io.clusterrecovery.examples.ApproveRequests},
 * {@link io.clusterrecovery.examples.CorrectDns}, {@link
 * io.clusterrecovery.examples.CorrectLoadBalancer}, {@link io.clusterrecovery.examples.GrowEtcd},
 * {@link io.clusterrecovery.examples.ReplaceMember}, {@link
 * io.clusterrecovery.examples.RecoverKubeadm}, {@link
 * io.clusterrecovery.examples.RecoverOpenShift41}, {@link io.clusterrecovery.examples.WeeklyDrill};
 * and {@link io.clusterrecovery.examples.RecoveryService} to embed in a program of one's own.
 */
@NullMarked
package io.clusterrecovery.examples;

import org.jspecify.annotations.NullMarked;
