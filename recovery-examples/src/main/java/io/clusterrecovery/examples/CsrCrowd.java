package io.clusterrecovery.examples;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.models.V1CertificateSigningRequestSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Thousands of pending requests of nodes that nobody expects. */
final class CsrCrowd {
  private static final int AT_ONCE = 16;

  /** Making a key and a signature for each would take longer than posting them. */
  private static final int NODES = 50;

  private final ApiClient poster;

  CsrCrowd(ApiClient administrator) {
    this.poster = KubeletRequests.bootstrapping(administrator);
  }

  void post(int count) throws Exception {
    List<V1CertificateSigningRequestSpec> requests =
        IntStream.range(0, NODES).mapToObj(i -> KubeletRequests.client("worker-" + i)).toList();
    ExecutorService posting = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<?>> posted = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String name = "crowd-" + i;
        V1CertificateSigningRequestSpec request = requests.get(i % NODES);
        posted.add(posting.submit(() -> KubeletRequests.post(name, request, poster)));
      }
      for (Future<?> each : posted) {
        each.get();
      }
    } finally {
      posting.shutdownNow();
    }
  }
}
