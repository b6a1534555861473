package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.etcd.EtcdMember.Role;
import io.clusterrecovery.etcd.HostDataRules.Verdict;
import io.clusterrecovery.etcd.MemberStarter.JoiningMember;
import io.clusterrecovery.etcd.MemberStarter.Stage;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostDataRulesTest {
  private static final URI PEER = URI.create("https://two.test:2380");

  @Test
  void verdict_noData_isFresh() {
    assertThat(verdict(new HostData.None(), false)).isEqualTo(new Verdict.Fresh());
  }

  @Test
  void verdict_runningWithoutData_isRefused() {
    assertThat(verdict(new HostData.None(), true)).isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void verdict_ofAnotherCluster_isOld() {
    assertThat(verdict(of("1", "other"), false))
        .isEqualTo(new Verdict.Old("data of member 1 of cluster other"));
  }

  @Test
  void verdict_ofThisClusterButNoMember_isOldAsAfterForceNewCluster() {
    assertThat(verdict(of("9", "c"), false))
        .isEqualTo(new Verdict.Old("data of member 9 of cluster c"));
  }

  @ParameterizedTest
  @CsvSource({"9, c", "1, other"})
  void verdict_oldButRunning_isRefused(String member, String cluster) {
    assertThat(verdict(of(member, cluster), true)).isInstanceOf(Verdict.Refused.class);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void verdict_ofAVoter_isNeverTouched(boolean running) {
    assertThat(verdict(of("1", "c"), running))
        .isInstanceOfSatisfying(
            Verdict.Refused.class,
            refused -> {
              assertThat(refused.why().code()).isEqualTo(Code.MEMBER_ALREADY_THERE);
              assertThat(refused.why().found()).contains("holds the data of member one (1)");
            });
  }

  @Test
  void verdict_ofThatVeryMemberWhichVotes_isNeverTouched() {
    EtcdMember two = new EtcdMember("2", "two", List.of(PEER), List.of(), Role.VOTER);

    assertThat(new HostDataRules(joining(two), of("2", "c"), false).verdict())
        .isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void verdict_itsOwnDataWhileInFlight_isFresh() {
    EtcdMember two = new EtcdMember("2", "", List.of(PEER), List.of(), Role.LEARNER);

    assertThat(new HostDataRules(joining(two), of("2", "c"), false).verdict())
        .isEqualTo(new Verdict.Fresh());
  }

  @Test
  void verdict_unreadable_isRefused() {
    assertThat(verdict(new HostData.Unreadable("it has no log"), false))
        .isInstanceOfSatisfying(
            Verdict.Refused.class,
            refused -> assertThat(refused.why().found()).contains("since it has no log"));
  }

  private static HostData of(String member, String cluster) {
    return new HostData.Of(new WalHead(member, cluster));
  }

  private static Verdict verdict(HostData data, boolean running) {
    EtcdMember other =
        new EtcdMember(
            "3", "three", List.of(URI.create("https://three.test:2380")), List.of(), Role.VOTER);
    return new HostDataRules(joining(other), data, running).verdict();
  }

  private static JoiningMember joining(EtcdMember other) {
    EtcdMember one =
        new EtcdMember(
            "1", "one", List.of(URI.create("https://one.test:2380")), List.of(), Role.VOTER);
    return new JoiningMember(
        "two", PEER, new RecordingHost("host-two"), Stage.NEW, "c", List.of(one, other));
  }
}
