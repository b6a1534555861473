package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Thousands of pending requests of others in a real cluster. */
final class Crowd {
  private static final String PREFIX = "crowd-";
  private static final int AT_ONCE = 16;

  /** Making a key and a signature for each would take longer than posting them. */
  private static final int NODES = 50;

  private final KubeApi api;
  private final KubeApi poster;

  Crowd(Path kubeconfig) {
    this.api = KubeApi.of(Forger.client(kubeconfig));
    Forger forger = new Forger(kubeconfig);
    this.poster = KubeApi.of(forger.as(RequestFixture.TOKEN_USER, RequestFixture.TOKEN_GROUPS));
  }

  void post(int count) throws InterruptedException, ExecutionException {
    List<RequestFixture> requests =
        IntStream.range(0, NODES).mapToObj(i -> RequestFixture.client("worker-" + i)).toList();
    ExecutorService posting = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<Reply>> posted = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        JsonObject document = Forger.document(PREFIX + i, requests.get(i % NODES));
        posted.add(posting.submit(() -> poster.post(CsrApi.V1.path(), document)));
      }
      for (Future<Reply> each : posted) {
        each.get();
      }
    } finally {
      posting.shutdownNow();
    }
  }

  /** {@return how many of them nobody has decided about} */
  int undecided() {
    return (int) Pages.all(api, CsrApi.V1.path()).stream().filter(Crowd::isUndecided).count();
  }

  private static boolean isUndecided(JsonObject request) {
    return Doc.text(request, "metadata", "name").startsWith(PREFIX)
        && Doc.objects(request, "status", "conditions").isEmpty();
  }
}
