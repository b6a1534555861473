package example;

import io.clusterrecovery.Report;
import io.clusterrecovery.Running;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Plans, starts, shows and cancels a recovery; one at a time. Put it behind a login of yours. */
@RestController
@RequestMapping("/recovery")
class Recoveries {
  private final RecoveryBook book;
  private final ClusterSettings cluster;
  private Running<Report> running;

  Recoveries(RecoveryBook book, ClusterSettings cluster) {
    this.book = book;
    this.cluster = cluster;
  }

  /** Looks, and changes nothing. */
  @GetMapping("/plan")
  String plan() {
    return book.journalled(journal()).plan().toString();
  }

  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  synchronized String start() {
    if (running != null && !running.ended()) {
      throw new ResponseStatusException(HttpStatus.CONFLICT, running.progress().toString());
    }
    running = book.journalled(journal()).start();
    return running.progress().toString();
  }

  /** The report once it has ended, and until then how far it is. */
  @GetMapping
  synchronized String state() throws InterruptedException {
    Running<Report> recovery = started();
    return recovery.ended() ? recovery.await().toString() : recovery.progress().toString();
  }

  /** Ends it at the next safe point. */
  @DeleteMapping
  synchronized void cancel() {
    started().cancel();
  }

  private Running<Report> started() {
    return Optional.ofNullable(running)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "none was started"));
  }

  private Path journal() {
    return cluster.journals().resolve("recovery-" + Instant.now().toEpochMilli() + ".journal");
  }
}
