package io.clusterrecovery.k8s;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.testkit.Lab;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Six requests of ours among thousands of others, with a real API server and signer. */
class CsrCrowdIT {
  private static final int OTHERS = 2000;
  private static final Map<String, String> OURS =
      Map.of("master-3", "10.0.1.13", "master-4", "10.0.1.14", "master-5", "10.0.1.15");

  /** Of a request of another, in characters; the whole of one is three times that. */
  private static final int KEPT = 1500;

  private @Nullable KnownCsrs kept;

  @Test
  void approve_sixAmongThousands_approvesOursAloneAndKeepsLittleOfTheOthers()
      throws InterruptedException, ExecutionException {
    try (Lab lab = Lab.builder().hosts("master-0").kubernetes(true).start()) {
      Instant start = Instant.now();
      Crowd crowd = new Crowd(lab.kubeconfig());
      crowd.post(OTHERS);
      postOurs(new Forger(lab.kubeconfig()));
      CsrReport report = approver(lab.kubeconfig(), start).approve();
      assertThat(report.approved())
          .hasSize(6)
          .allSatisfy(r -> assertThat(OURS).containsKey(r.node()))
          .allSatisfy(r -> assertThat(r.state()).isEqualTo(CsrState.ISSUED));
      assertThat(report.leftPending()).hasSize(OTHERS);
      assertThat(crowd.undecided()).isEqualTo(OTHERS);
      requireLittleKept(requireNonNull(kept).all());
    }
  }

  private static void requireLittleKept(Collection<CertificateRequest> known) {
    List<CertificateRequest> others =
        known.stream().filter(r -> !OURS.containsKey(r.node())).toList();
    assertThat(others).hasSizeGreaterThanOrEqualTo(OTHERS);
    assertThat(others)
        .allSatisfy(r -> assertThat(r.document().size()).isZero())
        .allSatisfy(r -> assertThat(r.toString()).hasSizeLessThan(KEPT));
  }

  private CsrApprover approver(Path kubeconfig, Instant start) {
    CsrApprover.Builder approver =
        CsrApprover.on(Forger.client(kubeconfig))
            .createdAfter(start)
            .rivalWait(Duration.ZERO)
            .feeds(
                (api, clock, path, store) -> {
                  kept = (KnownCsrs) store;
                  return new WatchedObjects(api, clock, path, store);
                });
    OURS.forEach(approver::expectNode);
    return approver.build();
  }

  private static void postOurs(Forger forger) {
    OURS.forEach(
        (node, ip) -> {
          forger.post("client-of-" + node, RequestFixture.client(node, Keys.p256()));
          forger.post(
              "serving-of-" + node,
              RequestFixture.serving(node, Keys.p256(), Pkcs10s.dns(node), Pkcs10s.ip(ip)));
        });
  }
}
