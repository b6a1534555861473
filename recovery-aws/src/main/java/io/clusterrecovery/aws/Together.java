package io.clusterrecovery.aws;

import io.clusterrecovery.Change;
import io.clusterrecovery.RunContext;
import java.util.List;

/**
 * Several changes that one request makes: each has its intent journalled before the request, and
 * they are told as done in their order.
 */
final class Together {
  private Together() {}

  static void change(RunContext run, List<Change> changes, Runnable request) {
    if (changes.isEmpty()) {
      request.run();
      return;
    }
    int last = changes.size() - 1;
    List<Change> before = changes.subList(0, last);
    run.change(changes.get(last), () -> change(run, before, request));
  }
}
