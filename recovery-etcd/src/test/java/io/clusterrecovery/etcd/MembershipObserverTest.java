package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Code;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.etcd.VoterReport.Health;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MembershipObserverTest {
  private static final URI LOCAL = URI.create("http://localhost:2379");
  private static final URI TWO = URI.create("http://two.test:2379");

  private final FakeEtcd etcd = new FakeEtcd(new SteppedClock());

  @Test
  void reports_urlThatAnswersAsAnotherMember_isNotItsAnswer() {
    etcd.put(voterAt(LOCAL));
    etcd.serve(LOCAL, "1");

    assertThat(new MembershipObserver(etcd.cluster()).reports())
        .extracting(VoterReport::health)
        .containsExactly(Health.HEALTHY, Health.SILENT);
    assertThat(new MembershipObserver(etcd.cluster()).reports().get(1).detail())
        .isEqualTo("http://localhost:2379 answers as member 1, and this is member 2");
  }

  @Test
  void reports_secondUrlAnswersAsTheMember_isHealthy() {
    etcd.put(voterAt(LOCAL, TWO));
    etcd.serve(LOCAL, "1");
    etcd.serve(TWO, "2");

    assertThat(new MembershipObserver(etcd.cluster()).reports())
        .extracting(VoterReport::health)
        .containsExactly(Health.HEALTHY, Health.HEALTHY);
  }

  @Test
  void reports_noUrlAnswers_namesEach() {
    etcd.put(voterAt(LOCAL, TWO));

    assertThat(new MembershipObserver(etcd.cluster()).reports().get(1))
        .satisfies(r -> assertThat(r.health()).isEqualTo(Health.SILENT))
        .satisfies(r -> assertThat(r.detail()).contains(LOCAL.toString(), TWO.toString()));
  }

  @Test
  void members_certificateFileMissing_isRefusedNamingIt(@TempDir Path folder) throws Exception {
    Path there = Files.writeString(folder.resolve("there.pem"), "x");
    Path missing = folder.resolve("missing.pem");

    RefusedException refused = refusal(cluster(there, missing, there));

    assertThat(refused.code()).isEqualTo(Code.ETCD_ACCESS_DENIED);
    assertThat(refused.found()).contains("'" + missing + "'", "does not exist");
    assertThat(refusal(cluster(folder, there, there)).found()).contains("'" + folder + "'");
  }

  @Test
  void members_certificateFileWithoutACertificate_isRefusedAsAccess(@TempDir Path folder)
      throws Exception {
    Path broken = Files.writeString(folder.resolve("broken.pem"), "x");

    RefusedException refused = refusal(cluster(broken, broken, broken));

    assertThat(refused.code()).isEqualTo(Code.ETCD_ACCESS_DENIED);
    assertThat(refused.found()).contains(broken.toString());
  }

  private static RefusedException refusal(EtcdCluster cluster) {
    return catchThrowableOfType(
        RefusedException.class, () -> new MembershipObserver(cluster).members());
  }

  private static EtcdCluster cluster(Path ca, Path certificate, Path key) {
    return EtcdCluster.at(URI.create("https://127.0.0.1:1")).tls(ca, certificate, key).build();
  }

  private static EtcdMember voterAt(URI... urls) {
    return new EtcdMember(
        "2", "two", List.of(FakeEtcd.peer("two")), List.of(urls), EtcdMember.Role.VOTER);
  }
}
