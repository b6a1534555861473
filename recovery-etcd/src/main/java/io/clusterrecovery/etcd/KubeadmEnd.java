package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Poll;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import java.time.Duration;

/** Waits for the end of {@code kubeadm join} on a host. */
record KubeadmEnd(KubeadmJob job, Duration limit) implements RecoveryStep<CommandResult> {

  @Override
  public String operation() {
    return "wait for kubeadm join";
  }

  @Override
  public Prepared<CommandResult> prepare(RunContext run) {
    Plan.Builder plan = Plan.of(operation(), job.host().name());
    if (!job.exists()) {
      plan.refuse(
          Code.STEP_REFUSED,
          "kubeadm join of %s was not started on %s.".formatted(job.member(), job.host().name()),
          "Let MemberExpander add the member first.");
    }
    return new Prepared<>(plan.build(), acting -> acting.await(waiting(), this::look));
  }

  private Wait waiting() {
    return Wait.named("kubeadm join ended on " + job.host().name(), limit);
  }

  private Poll<CommandResult> look() {
    return job.result()
        .map(result -> result.succeeded() ? Poll.done(result) : failed(result))
        .orElse(Poll.notYet("it runs"));
  }

  private Poll<CommandResult> failed(CommandResult result) {
    return Poll.never(
        Code.COMMAND_FAILED,
        "kubeadm join on %s ended with %s.".formatted(job.host().name(), result.summary()),
        "Read its words. The member of etcd votes and stays; what is left of the join has to be done there.");
  }
}
