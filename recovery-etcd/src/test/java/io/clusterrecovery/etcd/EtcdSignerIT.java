package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.clusterrecovery.Change;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.Lab;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With a real port on a real host. */
class EtcdSignerIT {
  private static final String REQUEST =
      """
      mkdir -p /tmp/certificates && kube-client-agent request --kubeconfig=/etc/signer/config \
        --orgname=system:etcd-peers --assetsdir=/tmp/certificates \
        --dnsnames=etcd-1.example.test --commonname=system:etcd-peer:etcd-1.example.test \
        --ipaddrs=10.0.1.13
      """;

  /** Whoever reaches the port gets one, by whatever name. */
  private static final String INTRUDE =
      """
      csr=$(openssl req -new -newkey rsa:2048 -nodes -keyout /dev/null \
        -subj '/O=system:etcd-servers/CN=system:etcd-server:anybody' 2> /dev/null | base64 -w 0)
      curl -sfk -d '{"metadata": {"name": "%s"}, "spec": {"request": "'"$csr"'"}}' \
        https://127.0.0.1:9943/apis/certificates.k8s.io/v1beta1/certificatesigningrequests
      """;

  private static Lab lab;
  private static SignerLab pods;
  private static SshHost ssh;

  @BeforeAll
  static void start() {
    lab = Lab.builder().hosts("master-0").start();
    pods = new SignerLab(lab);
    ssh =
        SshHost.at(pods.host.address())
            .user("core")
            .identity(lab.sshKey())
            .knownHosts(lab.knownHosts())
            .build();
  }

  @AfterAll
  static void stop() {
    ssh.close();
    lab.close();
  }

  @Test
  void during_whoeverAsks_listsWhatAllGotAndLeavesNothingListening() {
    pods.whenDeleted = INTRUDE.formatted("late");
    Signed<String> signed =
        RunContext.standalone()
            .carryOut(
                signer()
                    .during(
                        new Asking(
                            () -> {
                              pods.host.script(REQUEST).orThrow();
                              pods.host.script(INTRUDE.formatted("unnoticed")).orThrow();
                            })));

    assertThat(pods.manifest)
        .contains("image: \"q.test/kube-etcd-signer-server@sha256:1\"", "hostname: \"master-0\"");
    assertThat(signed.issued())
        .extracting(IssuedCertificate::request)
        .containsExactlyInAnyOrder("system:etcd-peer:etcd-1.example.test", "unnoticed", "late");
    assertThat(signed.issued())
        .filteredOn(c -> c.request().startsWith("system"))
        .singleElement()
        .satisfies(
            c -> {
              assertThat(c.subject()).contains("CN=system:etcd-peer:etcd-1.example.test");
              assertThat(c.names()).containsExactly("etcd-1.example.test", "10.0.1.13");
            });
    assertThat(new SignerHost(ssh).listens()).isFalse();
    assertThat(pods.host.script("find /home/core /run -name '*kubeconfig*'").orThrow()).isEmpty();
  }

  @Test
  void during_programThatDies_isCleanedUpByTheNextRun() {
    RecoveryStep<Signed<String>> dying =
        signer()
            .during(
                new Asking(
                    () -> {
                      throw new AssertionError("dead");
                    }));
    assertThat(catchThrowable(() -> RunContext.standalone().carryOut(dying))).hasMessage("dead");
    assertThat(new SignerHost(ssh).listens()).isTrue();

    RunContext.standalone().carryOut(signer().during(new Asking(() -> {})));

    assertThat(new SignerHost(ssh).listens()).isFalse();
  }

  private static EtcdSigner signer() {
    return EtcdSigner.on(ssh, pods).hostname("master-0").startLimit(Duration.ofSeconds(30)).build();
  }

  private record Asking(Runnable act) implements RecoveryStep<String> {
    @Override
    public String operation() {
      return "ask for certificates";
    }

    @Override
    public Prepared<String> prepare(RunContext run) {
      Change change = Change.of("ask", "ask", "the signer", "none", "certificates");
      Plan plan = Plan.of(operation(), "the signer").change(change).build();
      return new Prepared<>(
          plan,
          own -> {
            own.change(change, act);
            return "asked";
          });
    }
  }
}
