package io.clusterrecovery.examples;

import io.clusterrecovery.k8s.CsrApprover;
import java.io.IOException;
import java.time.Instant;

/**
 * Approves what new masters' kubelets ask for, the client certificate and then the serving one, and
 * nothing else that is pending.
 *
 * <p>Settings: {@code new} with an address each, {@code lost}, {@code restored.at}, {@code
 * kubeconfig}; see {@link ExampleSettings}.
 */
public final class ApproveRequests {
  private ApproveRequests() {}

  /** Takes the settings' file. */
  public static void main(String[] arguments) throws IOException {
    ExampleSettings settings = ExampleSettings.read(arguments);
    CsrApprover.Builder approver =
        CsrApprover.on(settings.kubernetes())
            .createdAfter(Instant.parse(settings.text("restored.at")))
            .lost(settings.texts("lost"));
    for (String node : settings.texts("new")) {
      approver.expectNode(node, settings.address(node));
    }
    System.out.println(approver.build().approve());
  }
}
