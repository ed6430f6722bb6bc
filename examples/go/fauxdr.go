// Package fauxdr steers a fauxdr mock from Go tests. Copy this file; it needs the standard library alone.
//
//	func TestMain(m *testing.M) { os.Exit(fauxdr.Main(m)) } // starts a mock, if FAUXDR_URL names none
//
//	world := fauxdr.New(t, nil) // a world of its own on the mock that FAUXDR_URL names
//	client := NewClient(world.URL, world.Credentials["cortex"]["standard key"])
//	...
//	world.Verify(fauxdr.Values{"operation": "quarantineFiles", "times": 1})
package fauxdr

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Main runs the tests of a package. If FAUXDR_URL names no mock, it starts one and ends it after them: by the command in
// MOCK_COMMAND, or by the fauxdr on PATH (the executable, or the npm package). It returns the exit code.
func Main(m *testing.M) int {
	if os.Getenv("FAUXDR_URL") == "" {
		stop, err := start()
		if err != nil {
			fmt.Fprintln(os.Stderr, "fauxdr:", err)
			return 1
		}
		defer stop()
	}
	return m.Run()
}

// start starts a mock, and sets FAUXDR_URL when it is ready. The function that it returns ends the mock.
func start() (func(), error) {
	words := strings.Fields(os.Getenv("MOCK_COMMAND"))
	if len(words) == 0 {
		words = []string{"fauxdr"}
	}
	if _, err := exec.LookPath(words[0]); err != nil {
		return nil, fmt.Errorf("no mock: set FAUXDR_URL or MOCK_COMMAND, or put fauxdr on PATH (%w)", err)
	}
	folder, err := os.MkdirTemp("", "fauxdr")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	ready := filepath.Join(folder, "ready.json")
	args := append(words[1:], "--port", "0", "--log", "none", "--ready-file", ready)
	command := exec.Command(words[0], args...)
	command.Stderr = os.Stderr
	if err := command.Start(); err != nil {
		return nil, err
	}
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	for late := time.After(time.Minute); ; {
		if text, err := os.ReadFile(ready); err == nil {
			var mock struct{ URL string }
			if err := json.Unmarshal(text, &mock); err != nil {
				return nil, err
			}
			return func() { _ = command.Process.Kill() }, os.Setenv("FAUXDR_URL", mock.URL)
		}
		select {
		case err := <-ended:
			return nil, fmt.Errorf("%s did not start: %v", strings.Join(words, " "), err)
		case <-late:
			_ = command.Process.Kill()
			return nil, fmt.Errorf("%s was not ready within a minute", strings.Join(words, " "))
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Values is a JSON object.
type Values map[string]interface{}

// Tenant is one isolated world: no other tenant sees what a client does in it. It ends with its test.
type Tenant struct {
	URL  string
	Name string
	// By vendor and purpose: what to send, by the vendor's names for it.
	Credentials map[string]map[string]map[string]string
	t           testing.TB
}

// New makes a world with these settings (such as "wire": "recorded"; nil for those of the mock).
func New(t testing.TB, settings Values) *Tenant {
	t.Helper()
	url := os.Getenv("FAUXDR_URL")
	if url == "" {
		t.Fatal("FAUXDR_URL is not set: call fauxdr.Main in TestMain, or run `fauxdr run -- go test ./...`")
	}
	tenant := &Tenant{URL: url, t: t, Name: fmt.Sprintf("t%d", time.Now().UnixNano())}
	if settings == nil {
		settings = Values{}
	}
	var made struct {
		Vendors []struct {
			Name        string
			Credentials []struct {
				Purpose string
				Values  map[string]string
			}
		}
	}
	tenant.ask("POST", "/tenants", Values{"name": tenant.Name, "settings": settings}, &made)
	tenant.Credentials = map[string]map[string]map[string]string{}
	for _, vendor := range made.Vendors {
		own := map[string]map[string]string{}
		for _, credential := range vendor.Credentials {
			own[credential.Purpose] = credential.Values
		}
		tenant.Credentials[vendor.Name] = own
	}
	t.Cleanup(func() { tenant.own("DELETE", "", nil, nil) })
	return tenant
}

// Verify fails the test where the journal shows something else than it should, or cannot tell.
func (tenant *Tenant) Verify(expectation Values) {
	tenant.t.Helper()
	if message := tenant.Miss(expectation); message != "" {
		tenant.t.Error(message)
	}
}

// Miss says in what the journal differs from what it should show; it is empty where it does not.
func (tenant *Tenant) Miss(expectation Values) string {
	tenant.t.Helper()
	var found struct{ Verdict, Message string }
	tenant.own("POST", "/verify", expectation, &found)
	if found.Verdict == "passed" {
		return ""
	}
	return found.Message
}

// AddFault lets calls go wrong: Values{"operation": "…", "times": 1, "fault": Values{"kind": "status", "status": 503}}.
func (tenant *Tenant) AddFault(rule Values) {
	tenant.t.Helper()
	tenant.own("POST", "/faults", rule, nil)
}

// Advance moves the clock on: actions take no time in a test.
func (tenant *Tenant) Advance(by time.Duration) {
	tenant.t.Helper()
	tenant.own("POST", "/clock", Values{"advanceSeconds": by.Seconds()}, nil)
}

func (tenant *Tenant) own(method, path string, body Values, into interface{}) {
	tenant.t.Helper()
	tenant.ask(method, "/tenants/"+tenant.Name+path, body, into)
}

func (tenant *Tenant) ask(method, path string, body Values, into interface{}) {
	tenant.t.Helper()
	var content bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&content).Encode(body); err != nil {
			tenant.t.Fatal(err)
		}
	}
	request, err := http.NewRequest(method, tenant.URL+"/__admin"+path, &content)
	if err != nil {
		tenant.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		tenant.t.Fatalf("no fauxdr answers at %s: %v", tenant.URL, err)
	}
	defer response.Body.Close()
	if response.StatusCode >= 300 {
		var refusal struct{ Error string }
		_ = json.NewDecoder(response.Body).Decode(&refusal)
		tenant.t.Fatalf("fauxdr: %s", refusal.Error)
	}
	if into != nil {
		if err := json.NewDecoder(response.Body).Decode(into); err != nil {
			tenant.t.Fatal(err)
		}
	}
}
