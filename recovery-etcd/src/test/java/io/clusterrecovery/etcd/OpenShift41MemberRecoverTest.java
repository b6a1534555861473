package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.ClusterProxy;
import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.Event;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Secret;
import io.clusterrecovery.etcd.MemberStarter.JoiningMember;
import io.clusterrecovery.etcd.MemberStarter.Stage;
import io.clusterrecovery.etcd.MemberStarter.Start;
import io.clusterrecovery.testkit.FakeHost;
import io.clusterrecovery.testkit.FakeSignerPods;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the script is given on a new master, and what becomes of it there. */
class OpenShift41MemberRecoverTest {
  private static final URI PEER = URI.create("https://etcd-1.lab.test:2380");
  private static final EtcdMember SURVIVOR =
      new EtcdMember(
          "a",
          "etcd-member-m0",
          List.of(URI.create("https://etcd-0.lab.test:2380")),
          List.of(URI.create("https://10.0.0.3:2379")),
          EtcdMember.Role.VOTER);
  private static final ClusterProxy PROXY =
      new ClusterProxy(
          Optional.empty(), Optional.of(Secret.of("http://me:pass@proxy:3128")), List.of(".svc"));

  private final FakeHost survivor =
      FakeHost.named("m0").file("/run/etcd/environment", "ETCD_IPV4_ADDRESS=10.0.0.3\n");
  private final FakeHost master =
      FakeHost.named("m1").file("/etc/etcd/etcd.conf", "ETCD_SNAPSHOT_COUNT=100000\n");
  private final Map<String, Runnable> told = new HashMap<>();
  private final RunContext run = RunContext.builder().listener(this::hear).build();
  private final Plan.Builder plan = Plan.of("grow", "m1");
  private final OpenShift41MemberRecover starter =
      OpenShift41.memberRecover(
          EtcdSigner.on(survivor, new FakeSignerPods()).hostname("m0").build());

  OpenShift41MemberRecoverTest() {
    survivor
        .on("oc adm release info")
        .prints(
            "kube-etcd-signer-server q/signer\nmachine-config-operator q/env\nkube-client-agent q/agent\n");
    master.on("sh -c");
    master.on("rm -f --");
    master.on("/dev/tcp/");
    master.on("echo nolog").prints("none\n");
    master
        .on("--initial-cluster-token")
        .prints("resolved=10.0.0.4\naddresses=10.0.0.4\ndevice=1\nrun_device=1\nlooked=yes\n");
    master
        .on("etcd-generate-certs.yaml.template")
        .prints(
            """
            there /usr/local/bin/etcd-member-recover.sh
            there /usr/local/share/openshift-recovery/template/etcd-generate-certs.yaml.template
            there manifest of etcd
            release v3.3.10
            """);
    master.on("systemctl show kubelet").prints("Environment=\n");
    master
        .on("exec /usr/local/bin/etcd-member-recover.sh")
        .prints("Member 249a4b9a790b3719 added to cluster 807ae3bffc8d69ca\nStarting etcd..\n");
  }

  @Test
  void add_proxyGiven_isPassedOnWithItsExceptionsAndInNoArgument() {
    start(starter.proxy(PROXY)).add();

    assertThat(plan.build().refusals()).isEmpty();
    assertThat(plan.build().toString())
        .contains("http://***@proxy:3128", "given by proxy(…)")
        .doesNotContain("pass");
    assertThat(written())
        .contains("export HTTPS_PROXY='http://me:pass@proxy:3128'\n")
        .contains(
            "export NO_PROXY='.svc,10.0.0.3,127.0.0.1,etcd-0.lab.test,etcd-1.lab.test,localhost'\n");
    assertThat(master.commands()).noneMatch(c -> c.toString().contains("pass"));
    assertThat(master.texts()).noneMatch(text -> text.contains("pass"));
    assertThat(script().arguments()).endsWith("10.0.0.3", "etcd-member-m1");
    assertThat(script().environment())
        .containsEntry("SETUP_ETCD_ENVIRONMENT", "q/env")
        .containsEntry("KUBE_CLIENT_AGENT", "q/agent");
  }

  @Test
  void add_proxyOfTheCluster_isPassedOn() {
    start(starter.proxyFrom(() -> PROXY)).add();

    assertThat(plan.build().toString()).contains("by the cluster's Proxy object");
    assertThat(written()).contains("export HTTPS_PROXY='http://me:pass@proxy:3128'\n");
  }

  @Test
  void add_clusterThatCannotBeAsked_goesByTheKubeletOfTheNewMaster() {
    master
        .on("systemctl show kubelet")
        .prints("Environment=HTTPS_PROXY=http://me:pass@proxy:1 NO_PROXY=.svc\n");

    start(
            starter.proxyFrom(
                () -> {
                  throw new RefusedException(
                      new Refusal(Code.API_UNREACHABLE, "No answer.", "Wait."), null);
                }))
        .add();

    assertThat(plan.build().toString())
        .contains("by the kubelet's unit on m1", "No answer.", "http://***@proxy:1")
        .doesNotContain("pass");
    assertThat(written()).contains("export HTTPS_PROXY='http://me:pass@proxy:1'\n");
  }

  @Test
  void add_noProxy_writesNoVariables() {
    start(starter).add();

    assertThat(writes()).isEmpty();
  }

  @Test
  void prepareStart_masterThatCannotDownload_isRefused() {
    master.on("curl -s -f -L -I").fails(7, "");

    start(starter.proxy(PROXY));

    assertThat(plan.build().refusals())
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.code()).isEqualTo(Code.DOWNLOAD_UNREACHABLE);
              assertThat(refusal.found()).contains("m1", "v3.3.10").doesNotContain("pass");
            });
  }

  @Test
  void add_signerThatIsNotReached_failsBeforeTheScriptStarts() {
    master.on("/dev/tcp/").fails(1, "");

    RecoveryException failed =
        catchThrowableOfType(RecoveryException.class, () -> start(starter).add());

    assertThat(failed.code()).isEqualTo(Code.HOST_UNREACHABLE);
    assertThat(failed.getMessage()).contains("10.0.0.3:9943");
    assertThat(master.texts()).noneMatch(text -> text.contains("exec /usr/local/bin/etcd-member"));
  }

  @Test
  void add_ownEarlierBlocks_areRemovedFirst() {
    master.file(
        "/etc/etcd/etcd.conf",
        """
        ETCD_SNAPSHOT_COUNT=100000


        #[recover]
        ETCD_NAME="etcd-member-m1"
        ETCD_INITIAL_CLUSTER_STATE="existing"
        """);

    start(starter).add();

    assertThat(written()).isEqualTo("ETCD_SNAPSHOT_COUNT=100000\n");
  }

  @Test
  void add_scriptThatEndsBeforeTheClusterHasTakenTheMember_tellsHowTheHostIsLeft() {
    master
        .on("exec /usr/local/bin/etcd-member-recover.sh")
        .fails(1, "Stopping etcd..\nUpdating etcd membership..\netcdserver: unhealthy cluster\n");

    RecoveryException failed =
        catchThrowableOfType(RecoveryException.class, () -> start(starter).add());

    assertThat(failed.code()).isEqualTo(Code.COMMAND_FAILED);
    assertThat(failed.getMessage())
        .contains("unhealthy cluster", "etcd is stopped, and its data is gone");
  }

  /** Once the script waits for it; without a signer that would have no end. */
  @Test
  void add_signerThatIsGoneWhileTheScriptWaitsForIt_fails() {
    master
        .on("exec /usr/local/bin/etcd-member-recover.sh")
        .prints(
            "Stopping etcd..\nWaiting for certs to generate..\nWaiting for certs to generate..\n");
    whenTold("Stopping etcd..", () -> master.on("/dev/tcp/").fails(1, ""));

    RecoveryException failed =
        catchThrowableOfType(RecoveryException.class, () -> start(starter).add());

    assertThat(failed.code()).isEqualTo(Code.HOST_UNREACHABLE);
    assertThat(failed.getMessage()).contains("10.0.0.3:9943 any more", "starts another");
  }

  @Test
  void scriptLimit_zero_isNotTaken() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> starter.scriptLimit(Duration.ZERO))
        .withMessageContaining("scriptLimit");
  }

  @Test
  void proxy_givenTwice_namesTheValueHeld() {
    assertThatIllegalStateException()
        .isThrownBy(() -> starter.proxy(PROXY).proxy(PROXY))
        .withMessageContaining("proxy was set to");
  }

  private void hear(Event event) {
    if (event instanceof Event.Line line) {
      told.getOrDefault(line.text(), () -> {}).run();
    }
  }

  private void whenTold(String line, Runnable act) {
    told.put(line, act);
  }

  private Start start(MemberStarter by) {
    JoiningMember member =
        new JoiningMember("etcd-member-m1", PEER, master, Stage.NEW, "c", List.of(SURVIVOR));
    return by.prepareStart(member, run, plan);
  }

  private Command script() {
    return master.commands().stream()
        .filter(c -> c.arguments().toString().contains("exec /usr/local/bin/etcd-member-recover"))
        .findFirst()
        .orElseThrow();
  }

  private String written() {
    return writes().get(writes().size() - 1);
  }

  /** What was written by standard input, but for what curl was told. */
  private List<String> writes() {
    return master.commands().stream()
        .filter(command -> !command.arguments().toString().contains("curl"))
        .flatMap(command -> Stream.ofNullable(command.stdin()))
        .map(secret -> new String(secret.reveal(), UTF_8))
        .toList();
  }
}
