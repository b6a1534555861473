package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Change;
import io.clusterrecovery.RunId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is read at a prompt when an operation has ended. */
class ResultWordsTest {
  private static final EtcdMember MEMBER =
      new EtcdMember(
          "8e9e",
          "master-0",
          List.of(URI.create("https://etcd-0.example.com:2380")),
          List.of(URI.create("https://10.0.1.10:2379")),
          EtcdMember.Role.VOTER);

  @Test
  void restoreResult_tellsWhereWhatIs() {
    RestoreResult result =
        new RestoreResult(
            new RunId("20261126-094846-299a13"),
            "483d",
            MEMBER,
            1_000_000_297,
            Instant.parse("2026-11-26T09:49:01Z"),
            List.of("10.0.1.12"),
            SafetySnapshot.none("etcd does not answer"),
            new SafetySnapshot(Optional.of(Path.of("/b/after.db")), 9, "the restored etcd"),
            List.of(Change.of("stop", "stop etcd", "10.0.1.10", "as it is", "stopped")));

    assertThat(result.toString().lines())
        .containsExactly(
            "etcd restored in run 20261126-094846-299a13: cluster 483d of voter master-0 (8e9e) at"
                + " https://etcd-0.example.com:2380, revision 1000000297, verified at"
                + " 2026-11-26T09:49:01Z",
            "  STILL RUNS, of the old cluster: 10.0.1.12",
            "  snapshot before: none: etcd does not answer",
            "  snapshot after: /b/after.db, revision 9, of the restored etcd",
            "  changed: stop etcd on 10.0.1.10");
  }

  @Test
  void membership_withOneThatHasNotStarted_listsEach() {
    EtcdMember unstarted =
        new EtcdMember(
            "9616",
            "",
            List.of(URI.create("https://10.0.1.13:2380")),
            List.of(),
            EtcdMember.Role.LEARNER);

    assertThat(new Membership("483d", List.of(MEMBER, unstarted), List.of()).toString().lines())
        .containsExactly(
            "etcd cluster 483d, 1 of 2 members vote",
            "  voter master-0 (8e9e) at https://etcd-0.example.com:2380",
            "  learner that has not started (9616) at https://10.0.1.13:2380",
            "  nothing was changed");
  }
}
