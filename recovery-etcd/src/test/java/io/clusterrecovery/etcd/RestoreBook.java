package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.EventListener;
import io.clusterrecovery.Outcome;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.Report;
import io.clusterrecovery.Runbook;
import java.nio.file.Path;

/**
 * A runbook of one restore, which fails and is resumed.
 *
 * @param journal its journal
 */
record RestoreBook(Path journal) {

  Report run(QuorumRestorerBuilder restorer) {
    return book(restorer, nothing -> {}).run();
  }

  RecoveryException fails(QuorumRestorerBuilder restorer, EventListener told) {
    Report report = book(restorer, told).run();
    return catchThrowableOfType(RecoveryException.class, report::orThrow);
  }

  void isDoneWhenResumed(QuorumRestorerBuilder restorer) {
    Report report = book(restorer, nothing -> {}).resume().orThrow();
    assertThat(report.outcome()).isEqualTo(Outcome.DONE);
  }

  private Runbook book(QuorumRestorerBuilder restorer, EventListener told) {
    Runbook.Builder book = Runbook.named("restore").journal(journal).listener(told);
    book.step("restore quorum", restorer.build());
    return book.build();
  }
}
