package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Plan;
import io.clusterrecovery.RunId;
import io.clusterrecovery.etcd.EtcdClient.EndpointStatus;
import io.clusterrecovery.etcd.EtcdMember.Role;
import io.clusterrecovery.etcd.MemberEvidence.ClientAnswer;
import io.clusterrecovery.etcd.MemberEvidence.PeerPort;
import io.clusterrecovery.etcd.MemberEvidence.Standing;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EarlierRestoreTest {
  private static final RestoreSource SOURCE = new RestoreSource.Survivor();
  private static final RunId RUN = new RunId("20261126-104452-0bfcc8");
  private static final String NOBODY = "-";

  /** Who lists which voters beside itself, and whether the restore counts as done. */
  @ParameterizedTest
  @CsvSource({
    "READ_SUCCEEDED, this,    c1, -,         true",
    "READ_SUCCEEDED, this,    c1, b,         true",
    "READ_SUCCEEDED, another, c1, -,         true",
    "READ_SUCCEEDED, this,    c2, -,         false",
    "SEES_NO_LEADER, this,    c1, unstarted, true",
    "SEES_NO_LEADER, this,    c1, b,         false",
    "SEES_NO_LEADER, this,    c1, -,         false",
    "SEES_NO_LEADER, another, c1, unstarted, false",
    "SEES_NO_LEADER, this,    c2, unstarted, false"
  })
  void among_clusterAndItsVoters_countsIfItServesOrIsBeingGrown(
      ClientAnswer answer, String by, String cluster, String other, boolean counts) {
    RestoreRecord record = record(by.equals("this") ? RUN.value() : "20261125-000000-abcdef");

    Optional<EarlierRestore> found =
        EarlierRestore.among(List.of(record), "a", SOURCE, seen(answer, cluster, other), RUN);

    assertThat(found.isPresent()).isEqualTo(counts);
  }

  @Test
  void describe_beingGrown_saysThatItCannotBeUsedYet() {
    EarlierRestore earlier =
        EarlierRestore.among(
                List.of(record(RUN.value())),
                "a",
                SOURCE,
                seen(ClientAnswer.SEES_NO_LEADER, "c1", "unstarted"),
                RUN)
            .orElseThrow();
    Plan.Builder plan = Plan.of("restore", "a");
    earlier.describe(plan);

    assertThat(plan.build().satisfied()).isTrue();
    assertThat(plan.build().notes()).singleElement().asString().contains("cannot be used");
  }

  private static RestoreRecord record(String run) {
    return new RestoreRecord(run, "a", SOURCE.id(), "c1", "2026-11-26T10:46:58Z", 7);
  }

  private static QuorumObservation seen(ClientAnswer answer, String cluster, String other) {
    Stream<MemberEvidence> others =
        other.equals(NOBODY)
            ? Stream.of()
            : Stream.of(evidence(other.equals("unstarted") ? "" : other, ClientAnswer.SILENT));
    return new QuorumObservation(
        Stream.concat(Stream.of(evidence("a", answer)), others).toList(),
        Optional.of(new EndpointStatus(cluster, "id-a", "0", 9, 7, "3.4.23", Role.VOTER, 1)),
        QuorumObservation.Source.ETCD,
        7);
  }

  private static MemberEvidence evidence(String name, ClientAnswer answer) {
    return new MemberEvidence(
        new EtcdMember(
            "id-" + name,
            name,
            List.of(URI.create("https://peer-%s.test:2380".formatted(name))),
            List.of(),
            Role.VOTER),
        Standing.UNMENTIONED,
        answer,
        PeerPort.NOT_ASKED,
        HostSight.NOT_GIVEN);
  }
}
