package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clusterrecovery.Code;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.ssh.SshHostBuilder;
import io.clusterrecovery.testkit.Lab;
import io.clusterrecovery.testkit.LabBuilder;
import io.clusterrecovery.testkit.LabHost;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.grpc.netty.GrpcSslContexts;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** A lab of hosts with etcd under systemd and nothing else, and what a test asks of it. */
final class EtcdLab implements AutoCloseable {
  private static final Duration CALL_LIMIT = Duration.ofSeconds(2);

  /** Every file by name, inode and mode, and what systemd last did to etcd. */
  private static final String STATE =
      """
      find /var/lib/etcd /var/lib/cluster-recovery /etc/etcd /run/systemd/system \
        -printf '%p %i %y %m %u\\n' 2>/dev/null | grep -v '/wal/\\|/snap/.*snap' | sort
      systemctl show etcd --property=ActiveState,InvocationID,NRestarts,DropInPaths
      """;

  /** A whole control plane starts anew while its etcd is asked, and has two cores for it. */
  private static final Duration CALL_LIMIT_OF_KUBEADM = Duration.ofSeconds(6);

  private static final Duration REMOVE_LIMIT = Duration.ofSeconds(30);

  final Lab lab;
  private final Duration callLimit;

  private EtcdLab(Lab lab, Duration callLimit) {
    this.lab = lab;
    this.callLimit = callLimit;
  }

  static EtcdLab of(String... hosts) {
    String version = Optional.ofNullable(System.getenv("LAB_ETCD")).orElse(LabBuilder.ETCD_VERSION);
    return new EtcdLab(Lab.builder().hosts(hosts).etcd(version).start(), CALL_LIMIT);
  }

  /** What a lab that somebody else closes is asked by. */
  static EtcdLab in(Lab lab) {
    return new EtcdLab(lab, CALL_LIMIT);
  }

  /** A control plane of one host, made by kubeadm, with that version of etcd. */
  static EtcdLab byKubeadm(String version, String host) {
    Lab lab = Lab.builder().hosts(host).etcd(version).kubeadm(true).aws(false).start();
    return new EtcdLab(lab, CALL_LIMIT_OF_KUBEADM);
  }

  /** A control plane of one master as OpenShift 4.1 has it. */
  static EtcdLab openShift41(String host) {
    Lab lab = Lab.builder().hosts(host).openShift41(true).aws(false).start();
    return new EtcdLab(lab, CALL_LIMIT_OF_KUBEADM);
  }

  /** The tool that restores can raise revisions from 3.5 on, as the lab has it. */
  boolean raisesRevisions() throws Exception {
    Process help = new ProcessBuilder(lab.bin().resolve("etcdctl").toString(), "version").start();
    return !new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .contains("3.4.");
  }

  SshHost ssh(LabHost host) {
    return sshAt(host.address(), lab.knownHosts());
  }

  SshHost sshAt(String address, Path knownHosts) {
    return sshTo(address, knownHosts).build();
  }

  SshHostBuilder sshTo(String address, Path knownHosts) {
    return SshHost.at(address)
        .user("core")
        .identity(lab.sshKey())
        .knownHosts(knownHosts)
        .connectLimit(Duration.ofSeconds(3));
  }

  EtcdCluster cluster(LabHost host) {
    return clusterAt(lab.etcd().endpoint(host));
  }

  EtcdCluster clusterAt(URI endpoint) {
    return EtcdCluster.at(endpoint)
        .tls(lab.etcd().ca(), lab.etcd().cert(), lab.etcd().key())
        .callLimit(callLimit)
        .build();
  }

  String etcdctl(List<LabHost> hosts, String... arguments) throws Exception {
    String endpoints =
        hosts.stream().map(h -> lab.etcd().endpoint(h).toString()).collect(Collectors.joining(","));
    List<String> command =
        new ArrayList<>(
            List.of(
                lab.bin().resolve("etcdctl").toString(),
                "--endpoints=" + endpoints,
                "--cacert=" + lab.etcd().ca(),
                "--cert=" + lab.etcd().cert(),
                "--key=" + lab.etcd().key()));
    command.addAll(Arrays.asList(arguments));
    Process ran = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(ran.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(ran.waitFor()).as(output).isZero();
    return output.strip();
  }

  /** A client of that host's etcd, as users have them. */
  Client client(LabHost host) throws Exception {
    URI endpoint = lab.etcd().endpoint(host);
    return Client.builder()
        .endpoints(endpoint)
        .authority(endpoint.getAuthority())
        .sslContext(
            GrpcSslContexts.forClient()
                .trustManager(lab.etcd().ca().toFile())
                .keyManager(lab.etcd().cert().toFile(), lab.etcd().key().toFile())
                .build())
        .build();
  }

  /** Writes so much that nobody catches up in a moment. */
  void fill(LabHost host, int megabytes) throws Exception {
    byte[] value = new byte[1_000_000];
    Random random = new Random(1);
    try (Client client = client(host)) {
      for (int i = 0; i < megabytes; i++) {
        random.nextBytes(value);
        ByteSequence key = ByteSequence.from("/fill/" + i, StandardCharsets.UTF_8);
        client.getKVClient().put(key, ByteSequence.from(value)).get();
      }
    }
  }

  /** The hashes of what these members hold at one revision; where all hold the same, one. */
  Set<String> hashes(List<LabHost> hosts) throws Exception {
    ObjectMapper json = new ObjectMapper();
    JsonNode read = json.readTree(etcdctl(hosts, "get", "none", "-w", "json"));
    String revision = read.at("/header/revision").asText();
    Set<String> hashes = new HashSet<>();
    for (JsonNode member :
        json.readTree(etcdctl(hosts, "endpoint", "hashkv", "--rev=" + revision, "-w", "json"))) {
      hashes.add(member.at("/HashKV/hash").asText());
    }
    return hashes;
  }

  /** One that has just lost quorum leads, and brings others up to date, for a moment longer. */
  void awaitNoLeader(LabHost host) {
    Wait wait =
        Wait.named("no leader seen by " + host.name(), Duration.ofSeconds(30))
            .every(Duration.ofMillis(200));
    RunContext.standalone()
        .await(
            wait,
            () -> {
              try (EtcdClient client = cluster(host).connect(lab.etcd().endpoint(host))) {
                return client.status().seesLeader()
                    ? Poll.<String>notYet("it sees one")
                    : Poll.done("none");
              }
            });
  }

  /** Takes a member off the list; etcd refuses that for some seconds after one has joined. */
  void remove(Membership grown, String name, LabHost asked) {
    String id =
        grown.members().stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow().id();
    Wait wait = Wait.named("etcd lets go of " + name, REMOVE_LIMIT).every(Duration.ofMillis(200));
    try (EtcdClient client = cluster(asked).connect(lab.etcd().endpoint(asked))) {
      RunContext.standalone()
          .await(
              wait,
              () -> {
                try {
                  client.remove(id);
                  return Poll.done(id);
                } catch (EtcdCallException e) {
                  return Poll.<String>notYet(String.valueOf(e.getMessage()));
                }
              });
    }
  }

  static URI peer(LabHost host) {
    return URI.create("https://" + host.address() + ":2380");
  }

  /** What must be the same before and after something that was refused. */
  static String state(LabHost host) {
    return host.script(STATE).orThrow();
  }

  /** The refusal of a growth that leaves a host as it was. */
  static RefusedException refused(MemberExpander.Builder settings, Code code, LabHost untouched) {
    String before = state(untouched);
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> settings.build().expand());
    assertThat(refused).as(code.toString()).isNotNull();
    assertThat(refused.code()).as(refused.getMessage()).isEqualTo(code);
    assertThat(state(untouched)).isEqualTo(before);
    return refused;
  }

  /** Files younger than the given one, outside of where the SDK and etcd keep theirs. */
  static List<String> newFiles(LabHost host, String since) {
    String script =
        """
        find / -xdev -newer %1$s -type f ! -path '/proc/*' ! -path '/sys/*' ! -path '%1$s' \
          ! -path '/var/lib/etcd/*' ! -path '/var/lib/cluster-recovery/*' ! -path '/root/*' \
          ! -path '/var/log/*' ! -path '/run/systemd/*' ! -path '/var/lib/systemd/*' \
          2>/dev/null
        find /run/systemd/system -newer %1$s -type f
        true
        """
            .formatted(since);
    return host.script(script).orThrow().lines().filter(l -> !l.isBlank()).toList();
  }

  /**
   * Brings back the data of before the restore. etcd, started anew without quorum, does not answer;
   * a lost host cannot be routed to, so that nothing waits for its silence.
   */
  void loseQuorumAgain(LabHost survivor, String data) throws Exception {
    for (String lost : List.of("b", "c")) {
      String address = lab.host(lost).address();
      survivor.run("ip", "route", "replace", "unreachable", address);
      new ProcessBuilder("ip", "route", "replace", "unreachable", address).start().waitFor();
    }
    survivor
        .script(
            """
            systemctl stop etcd && rm -rf /var/lib/etcd /var/lib/cluster-recovery || exit 1
            %s
            systemctl start --no-block etcd
            """
                .formatted(data))
        .orThrow();
  }

  /** What the lab's known_hosts file has of a host, behind its address. */
  String keyOf(LabHost host) throws Exception {
    return Files.readString(lab.knownHosts())
        .lines()
        .filter(line -> line.contains(host.address()))
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    lab.close();
  }
}
