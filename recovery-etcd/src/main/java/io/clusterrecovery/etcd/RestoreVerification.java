package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.RunId;
import io.clusterrecovery.Wait;
import io.clusterrecovery.etcd.EtcdClient.EndpointStatus;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Reads a restored cluster back. */
final class RestoreVerification {
  private static final Duration PACE = Duration.ofMillis(100);

  private RestoreVerification() {}

  /** Waits until the restored etcd reads and writes, and proves that it is a cluster of one. */
  static VerifiedEtcd verify(RestoreSettings settings, RunContext run) {
    Wait wait = Wait.named("restored etcd reads and writes", settings.healthyLimit()).every(PACE);
    return run.await(wait, () -> look(settings, run));
  }

  /** Reads back what an earlier run restored; others may have joined since. */
  static RestoreResult readBack(RestoreSettings settings, RestoreRecord earlier, RunContext run) {
    try (EtcdClient client = settings.etcd().connect(endpoint(settings))) {
      client.linearizableRead();
      EndpointStatus status = client.status();
      EtcdMember member =
          client.members().stream()
              .filter(m -> m.name().equals(settings.memberName()))
              .findFirst()
              .orElseThrow(() -> gone(settings, run));
      return result(earlier, status, member);
    } catch (EtcdCallException e) {
      throw run.failure(
          Code.VERIFICATION_FAILED,
          "The cluster that was restored before does not serve: " + e.getMessage() + ".",
          "Look at etcd's log on the host.",
          e);
    }
  }

  /** What an earlier run restored, as it is now. */
  static RestoreResult result(RestoreRecord earlier, EndpointStatus status, EtcdMember member) {
    return new RestoreResult(
        new RunId(earlier.run()),
        status.clusterId(),
        member,
        status.revision(),
        earlier.verified(),
        List.of(),
        SafetySnapshot.none("taken by the run that restored it, if at all"),
        SafetySnapshot.none("taken by the run that restored it, if at all"),
        List.of());
  }

  private static Poll<VerifiedEtcd> look(RestoreSettings settings, RunContext run) {
    try (EtcdClient client = settings.etcd().connect(endpoint(settings))) {
      List<EtcdMember> members = client.members();
      if (!isAlone(members, settings)) {
        return Poll.never(
            Code.VERIFICATION_FAILED,
            "The restored cluster has the members " + members + ".",
            "Stop etcd on the host and find out what joined it.");
      }
      client.linearizableRead();
      client.writeTest("io.clusterrecovery/" + run.runId());
      EndpointStatus status = client.status();
      Instant verifiedAt =
          Instant.parse(run.once("verifiedAt", () -> run.clock().now().toString()));
      return Poll.done(
          new VerifiedEtcd(status.clusterId(), members.get(0), status.revision(), verifiedAt));
    } catch (EtcdCallException e) {
      return e.kind() == EtcdCallException.Kind.ACCESS_DENIED
          ? Poll.never(Code.ETCD_ACCESS_DENIED, e.getMessage() + ".", "Check the certificates.")
          : Poll.notYet(String.valueOf(e.getMessage()));
    }
  }

  private static boolean isAlone(List<EtcdMember> members, RestoreSettings settings) {
    return members.size() == 1
        && members.get(0).votes()
        && members.get(0).peerUrls().equals(List.of(settings.peerUrl()));
  }

  private static URI endpoint(RestoreSettings settings) {
    return settings.etcd().endpoints().get(0);
  }

  private static RuntimeException gone(RestoreSettings settings, RunContext run) {
    return run.failure(
        Code.VERIFICATION_FAILED,
        "The restored cluster no longer has a member '" + settings.memberName() + "'.",
        "Look at the member list; somebody has removed it since.",
        null);
  }
}
