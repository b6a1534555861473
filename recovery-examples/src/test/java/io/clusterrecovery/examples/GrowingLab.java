package io.clusterrecovery.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.RunContext;
import io.clusterrecovery.SignerPods;
import io.clusterrecovery.etcd.EtcdCluster;
import io.clusterrecovery.k8s.CsrApprover;
import io.clusterrecovery.k8s.KubeSignerPods;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.Lab;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A lab of OpenShift 4.1 with one member of etcd, and new masters beside it that have joined the
 * cluster and not yet etcd.
 */
record GrowingLab(Lab lab, ApiClient api, Map<String, SshHost> connections)
    implements AutoCloseable {
  static final String SURVIVOR = "master-0";

  /** Makes it; the first master has the record etcd-1, the next etcd-2. */
  static GrowingLab to(List<String> masters) throws IOException {
    Lab lab = Lab.builder().hosts(SURVIVOR).openShift41(true).aws(false).start();
    try {
      ApiClient api = LabApi.client(lab.kubeconfig());
      masters.forEach(lab::create);
      writeRecords(lab, masters);
      approve(lab, api, masters);
      return new GrowingLab(lab, api, new HashMap<>());
    } catch (IOException | RuntimeException e) {
      lab.close();
      throw e;
    }
  }

  EtcdCluster etcd() {
    return new LabTools(lab).etcd(lab.host(SURVIVOR));
  }

  SshHost ssh(String name) {
    return connections.computeIfAbsent(name, n -> new LabTools(lab).ssh(lab.host(n)));
  }

  SignerPods signerPods() {
    return KubeSignerPods.on(api);
  }

  void assertNoSigner() {
    assertThat(signerPods().find(RunContext.standalone())).isEmpty();
    assertThat(lab.host(SURVIVOR).script("ss -Hltn 'sport = :9943'").orThrow()).isEmpty();
  }

  /** As if all of them had been there before. */
  private static void writeRecords(Lab lab, List<String> masters) throws IOException {
    Path folder = lab.directory().resolve("services");
    StringBuilder hosts = new StringBuilder();
    StringBuilder services = new StringBuilder();
    for (int i = 1; i <= masters.size(); i++) {
      String name = "etcd-%d.%s".formatted(i, lab.zone());
      hosts.append(lab.host(masters.get(i - 1)).address()).append(' ').append(name).append('\n');
      services.append(
          "srv-host=_etcd-server-ssl._tcp.%s,%s,2380,0,10\n".formatted(lab.zone(), name));
    }
    append(folder.resolve("zone.hosts"), hosts.toString());
    append(folder.resolve("zone.conf"), services.toString());
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, UTF_8, StandardOpenOption.APPEND);
  }

  private static void approve(Lab lab, ApiClient api, List<String> masters) {
    CsrApprover.Builder approver = CsrApprover.on(api).createdAfter(Instant.EPOCH);
    masters.forEach(name -> approver.expectNode(name, lab.host(name).address(), name));
    approver.build().approve();
  }

  @Override
  public void close() {
    connections.values().forEach(SshHost::close);
    lab.close();
  }
}
