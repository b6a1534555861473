package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.etcd.RollbackRules.Seen;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollbackRulesTest {
  private static final EtcdMember A = QuorumDecisionTest.member("a", EtcdMember.Role.VOTER);
  private static final EtcdMember B = QuorumDecisionTest.member("b", EtcdMember.Role.LEARNER);

  @Test
  void refusals_clusterOfOneThatNobodyWroteTo_none() {
    assertThat(RollbackRules.refusals(new Seen(List.of(A), Set.of()))).isEmpty();
  }

  @Test
  void refusals_learnerHasJoined_namesBoth() {
    assertThat(RollbackRules.refusals(new Seen(List.of(A, B), Set.of())))
        .singleElement()
        .satisfies(r -> assertThat(r.code()).isEqualTo(Code.ROLLBACK_WOULD_LOSE))
        .satisfies(r -> assertThat(r.found()).contains("a, b"));
  }

  @Test
  void refusals_joinedAndWritten_bothAtOnce() {
    assertThat(RollbackRules.refusals(new Seen(List.of(A, B), Set.of("/registry/pods/x/y"))))
        .extracting(Refusal::code)
        .containsExactly(Code.ROLLBACK_WOULD_LOSE, Code.ROLLBACK_WOULD_LOSE);
  }

  @Test
  void refusals_manyKeys_namesFiveAndCountsTheRest() {
    Set<String> keys =
        IntStream.range(0, 9).mapToObj(i -> "/registry/pods/ns/" + i).collect(Collectors.toSet());

    assertThat(RollbackRules.refusals(new Seen(List.of(A), keys)))
        .singleElement()
        .satisfies(r -> assertThat(r.found()).contains("/registry/pods/ns/4 and 4 more"));
  }

  @ParameterizedTest
  @CsvSource({
    "/registry/leases/kube-node-lease/a, true",
    "/registry/events/default/x, true",
    "/registry/masterleases/10.0.0.1, true",
    "/kubernetes.io/leases/kube-system/kube-scheduler, true",
    "compact_rev_key, true",
    "io.clusterrecovery/20261125-1, true",
    "/registry/pods/events/x, false",
    "/registry/leases, false",
    "leases/x/y, false",
    "/registry/secrets/kube-system/leases, false",
    "anything, false"
  })
  void isPassing_onlyWhatEveryControlPlaneWritesAllTheTime(String key, boolean passing) {
    assertThat(RollbackRules.isPassing(key)).isEqualTo(passing);
  }
}
