package io.clusterrecovery.aws;

import io.clusterrecovery.Change;
import io.clusterrecovery.RunContext;
import java.util.List;

/** Several changes that one request makes: each has its intent journalled before the request. */
final class Together {
  private Together() {}

  static void change(RunContext run, List<Change> changes, Runnable request) {
    if (changes.isEmpty()) {
      request.run();
      return;
    }
    List<Change> rest = changes.subList(1, changes.size());
    run.change(changes.get(0), () -> change(run, rest, request));
  }
}
