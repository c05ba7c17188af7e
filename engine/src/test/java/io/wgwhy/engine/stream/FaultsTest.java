package io.wgwhy.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** A log shows what failed and where, and nothing of what it failed at. */
class FaultsTest {
  private static final String SECRET = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";

  private static String print(Throwable failure) {
    var text = new StringWriter();
    Faults.withoutMessages(failure).printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }

  @Test
  void kinds_and_places_stay_messages_go() {
    var failure = new IllegalStateException("at " + SECRET, new ArithmeticException(SECRET));
    assertThat(print(failure))
        .startsWith("java.lang.IllegalStateException")
        .contains("Caused by: java.lang.ArithmeticException", "FaultsTest.kinds_and_places")
        .doesNotContain(SECRET);
  }

  @Test
  void failures_that_cause_each_other_do_not_hang_us() {
    var one = new IllegalStateException("one");
    one.initCause(new IllegalArgumentException(SECRET, one));
    assertThat(print(one)).contains("IllegalArgumentException").doesNotContain(SECRET);
  }
}
