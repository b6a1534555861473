package io.clusterrecovery.k8s;

import io.clusterrecovery.Code;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RunContext;
import java.util.function.Supplier;

/** Calls to the API on behalf of a run: passing failures repeated, others translated. */
final class ApiCalls {
  private final KubeApi api;
  private final RunContext run;

  ApiCalls(KubeApi api, RunContext run) {
    this.api = api;
    this.run = run;
  }

  /** Makes calls that change nothing. */
  <T> T read(String what, Supplier<T> calls) {
    try {
      return run.retrying(what, ApiFailure::isPassing, calls);
    } catch (ApiFailure e) {
      run.stopIfInterrupted();
      throw translated(e);
    }
  }

  RecoveryException translated(ApiFailure e) {
    String where = "The API at " + api.address() + ": " + e.said() + ".";
    if (e.denied()) {
      String next = "Give the client the credentials and permissions that this needs.";
      return run.failure(Code.API_ACCESS_DENIED, where, next, e);
    }
    if (e.passing()) {
      String next = "Check the address, and that the API server is up; then run the step again.";
      return run.failure(Code.API_UNREACHABLE, where, next, e);
    }
    return run.failure(Code.UNEXPECTED, where, "Look at what the API says, then try again.", e);
  }
}
