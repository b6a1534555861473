package example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clusterrecovery.etcd.EtcdCluster;
import io.clusterrecovery.etcd.Snapshot;
import io.clusterrecovery.k8s.CsrApprover;
import io.clusterrecovery.testkit.Lab;
import io.clusterrecovery.testkit.LabHost;
import io.kubernetes.client.openapi.ApiClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Every client of the SDK really connects, with the versions that Spring Boot chooses. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class EmbeddingIT {
  private static final Lab LAB =
      Lab.builder().hosts("a").kubernetes(true).aws(true).start();
  private static final Path SNAPSHOT = LAB.directory().resolve("snapshot.db");

  private final HttpClient http = HttpClient.newHttpClient();

  @Autowired private Environment environment;
  @Autowired private ApiClient api;
  @Autowired private WeeklyRehearsal rehearsal;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry settings) {
    LabHost a = LAB.host("a");
    EtcdCluster etcd =
        EtcdCluster.at(LAB.etcd().endpoint(a))
            .tls(LAB.etcd().ca(), LAB.etcd().cert(), LAB.etcd().key())
            .build();
    Snapshot.save(etcd, SNAPSHOT);
    master(settings, "survivor", "a", a.address());
    settings.add("cluster.peer-url", () -> "https://etcd-0." + LAB.zone() + ":2380");
    master(settings, "lost[0]", "b", "10.255.255.2");
    master(settings, "fresh", "c", "10.255.255.3");
    settings.add("cluster.fresh-peer-url", () -> "https://etcd-1." + LAB.zone() + ":2380");
    settings.add("cluster.ssh.user", () -> "core");
    settings.add("cluster.ssh.identity", LAB::sshKey);
    settings.add("cluster.ssh.known-hosts", LAB::knownHosts);
    settings.add("cluster.etcd.endpoint", () -> LAB.etcd().endpoint(a));
    settings.add("cluster.etcd.ca", () -> LAB.etcd().ca());
    settings.add("cluster.etcd.cert", () -> LAB.etcd().cert());
    settings.add("cluster.etcd.key", () -> LAB.etcd().key());
    settings.add("cluster.kubeconfig", LAB::kubeconfig);
    settings.add("cluster.aws.endpoint", LAB::awsEndpoint);
    settings.add("cluster.aws.region", () -> "us-east-1");
    settings.add("cluster.aws.zone", LAB::zoneId);
    settings.add("cluster.aws.names", () -> "etcd-0,etcd-1");
    settings.add("cluster.aws.group", LAB::internalTargetGroup);
    settings.add("cluster.snapshot", () -> SNAPSHOT);
    settings.add("cluster.journals", LAB::directory);
  }

  private static void master(
      DynamicPropertyRegistry settings, String which, String name, String address) {
    settings.add("cluster." + which + ".name", () -> name);
    settings.add("cluster." + which + ".address", () -> address);
  }

  @AfterAll
  static void close() {
    LAB.close();
  }

  @Test
  void plan_clusterThatHasQuorum_showsTheRefusalAndNoProblemOfAnotherKind() throws Exception {
    assertThat(answer("/plan", HttpRequest.Builder::GET))
        .contains("QUORUM_IS_THERE")
        .doesNotContain("UNREACHABLE", "Exception", "NoSuch");
  }

  @Test
  void start_clusterThatHasQuorum_refusesAndTellsWhy() throws Exception {
    answer("", to -> to.POST(HttpRequest.BodyPublishers.noBody()));
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(answer("", HttpRequest.Builder::GET))
                    .contains("REFUSED")
                    .contains("QUORUM_IS_THERE"));
  }

  @Test
  void rehearse_snapshot_servesOnTheHost() {
    assertThat(rehearsal.rehearse().toString()).contains("revision");
  }

  @Test
  void approver_inThisClassPath_talksToTheApi() {
    CsrApprover approver =
        CsrApprover.on(api).expectNode("c", "10.255.255.3").createdAfter(Instant.now()).build();
    assertThat(approver.plan().refusals()).isEmpty();
  }

  private String answer(String path, Function<HttpRequest.Builder, HttpRequest.Builder> method)
      throws Exception {
    URI to =
        URI.create(
            "http://localhost:%s/recovery%s"
                .formatted(environment.getRequiredProperty("local.server.port"), path));
    return http.send(method.apply(HttpRequest.newBuilder(to)).build(), BodyHandlers.ofString())
        .body();
  }
}
