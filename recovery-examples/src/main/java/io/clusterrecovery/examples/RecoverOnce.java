package io.clusterrecovery.examples;

import io.clusterrecovery.ConsoleProgress;
import io.clusterrecovery.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that recovers a control plane once, as its environment describes it. */
public final class RecoverOnce {
  private RecoverOnce() {}

  /** Takes the folder that journal and report go to. */
  public static void main(String[] words) throws IOException {
    LibraryLogs.onlyWarnings();
    Path folder = Path.of(words[0]);
    Report report;
    try (SystemdMasters masters = new SystemdMasters(RecoverInputs.of(System.getenv()))) {
      report =
          masters
              .recipe()
              .runbook("lost masters")
              .journal(folder.resolve("journal"))
              .listener(ConsoleProgress.to(System.out))
              .build()
              .run();
    }
    Files.writeString(folder.resolve("report.json"), report.toJson());
    System.out.println(report);
    System.exit(Exit.of(report.outcome()).status());
  }
}
