// A client of the quarantine call, as one would write it in Go, with the standard library alone.
// It does what FAUXDR_INPUT says, and says in one JSON line how it went.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"
)

type task struct {
	AgentIDs      []string `json:"agentIds"`
	Action        string
	Comment       string
	User          string
	UserID        string `json:"userId"`
	Version       string
	Wait          bool
	PollSeconds   float64
	GiveUpSeconds float64
}

type word struct {
	Outcome  string `json:"outcome"`
	Status   int    `json:"status,omitempty"`
	Reason   string `json:"reason,omitempty"`
	ActionID string `json:"actionId,omitempty"`
}

type assetAction struct {
	EventID      string `json:"eventId"`
	Action       string `json:"action"`
	AgentID      string `json:"agentId"`
	EventType    string `json:"eventType"`
	AgentVersion string `json:"agentVersion"`
}

type refused struct {
	status int
	text   string
}

func (r refused) Error() string { return fmt.Sprintf("%d: %.200s", r.status, r.text) }

type client struct {
	base, token string
	http        http.Client
}

func (c *client) request(method, path, contentType string, body []byte) ([]byte, error) {
	for attempt := 1; ; attempt++ {
		request, err := http.NewRequest(method, c.base+path, bytes.NewReader(body))
		if err != nil {
			return nil, err
		}
		request.Header.Set("Content-Type", contentType)
		if c.token != "" {
			request.Header.Set("Authorization", "Bearer "+c.token)
		}
		response, err := c.http.Do(request)
		if err != nil {
			return nil, err
		}
		text, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err != nil {
			return nil, err
		}
		if response.StatusCode < 300 {
			return text, nil
		}
		// Whoever is busy says for how long: what is refused so was not done, and may be sent again.
		given := response.Header.Get("Retry-After")
		if given == "" {
			given = response.Header.Get("X-RateLimit-ToWait-Sec")
		}
		pause, _ := strconv.Atoi(given)
		if pause < 1 || pause > 60 || attempt == 3 {
			return nil, refused{response.StatusCode, string(text)}
		}
		time.Sleep(time.Duration(pause) * time.Second)
	}
}

func (c *client) login() error {
	form := url.Values{
		"username":    {os.Getenv("QUALYS_USERNAME")},
		"password":    {os.Getenv("QUALYS_PASSWORD")},
		"token":       {"true"},
		"permissions": {"true"},
	}
	c.token = ""
	text, err := c.request("POST", "/auth", "application/x-www-form-urlencoded", []byte(form.Encode()))
	c.token = string(text)
	return err
}

func (c *client) call(method, path string, value, reply any) error {
	var body []byte
	if value != nil {
		body, _ = json.Marshal(value)
	}
	if c.token == "" {
		if err := c.login(); err != nil {
			return err
		}
	}
	text, err := c.request(method, path, "application/json", body)
	var no refused
	if errors.As(err, &no) && no.status == http.StatusUnauthorized {
		if err := c.login(); err != nil {
			return err
		}
		text, err = c.request(method, path, "application/json", body)
	}
	if err != nil {
		return err
	}
	return json.Unmarshal(text, reply)
}

func (c *client) quarantine(t task, actions string, agentIDs []string) (string, error) {
	version := os.Getenv("AGENT_VERSION")
	if version == "" {
		version = "7.1.0.35"
	}
	assetActions := []assetAction{}
	for _, id := range agentIDs {
		assetActions = append(assetActions, assetAction{id, t.Action, id, "AGENT", version})
	}
	query := url.Values{"user": {t.User}, "userId": {t.UserID}}
	var reply struct {
		RequestID string `json:"requestId"`
	}
	err := c.call("POST", actions+"/quarantineHost?"+query.Encode(), map[string]any{
		"remediationSource":    "EDR",
		"user":                 t.User,
		"userId":               t.UserID,
		"comment":              t.Comment,
		"requestTime":          time.Now().UTC().Format("2006-01-02T15:04:05.000Z"),
		"assetActionParameter": map[string]any{"assetActions": assetActions},
	}, &reply)
	if err == nil && reply.RequestID == "" {
		err = errors.New("the reply has no requestId")
	}
	return reply.RequestID, err
}

// endOf answers success or failed; whatever is neither is not the end.
func (c *client) endOf(t task, actions, requestID string, deadline time.Time) (string, error) {
	for time.Now().Before(deadline) {
		var reply struct{ Status string }
		if err := c.call("GET", actions+"/activityLog/"+requestID, nil, &reply); err != nil {
			return "", err
		}
		if status := strings.ToLower(reply.Status); status == "success" || status == "failed" {
			return status, nil
		}
		time.Sleep(time.Duration(t.PollSeconds * float64(time.Second)))
	}
	return "", fmt.Errorf("%s did not end within %v seconds", requestID, t.GiveUpSeconds)
}

func run(t task) (word, error) {
	limit := time.Duration(math.Max(2, math.Min(30, t.GiveUpSeconds)) * float64(time.Second))
	// A redirect to another host would take the password of a login along.
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	c := &client{base: os.Getenv("QUALYS_URL"), http: http.Client{Timeout: limit, CheckRedirect: stay}}
	actions := "/ioc/remediation-actions"
	if t.Version == "v1" {
		actions = "/ioc/v1/remediation-actions"
	}
	if !t.Wait {
		id, err := c.quarantine(t, actions, t.AgentIDs)
		return word{Outcome: "accepted", ActionID: id}, err
	}
	// A requestId tells of one host only: those that are to be followed are asked for one by one.
	requestIDs := []string{}
	for _, agentID := range t.AgentIDs {
		id, err := c.quarantine(t, actions, []string{agentID})
		if err != nil {
			return word{}, err
		}
		requestIDs = append(requestIDs, id)
	}
	deadline := time.Now().Add(time.Duration(t.GiveUpSeconds * float64(time.Second)))
	good := 0
	for _, id := range requestIDs {
		end, err := c.endOf(t, actions, id, deadline)
		if err != nil {
			return word{}, err
		}
		if end == "success" {
			good++
		}
	}
	outcome := "failed"
	if good == len(requestIDs) {
		outcome = "completed"
	} else if good > 0 {
		outcome = "partial"
	}
	return word{Outcome: outcome, ActionID: requestIDs[0]}, nil
}

func main() {
	t := task{User: "Response Bot", UserID: "response-bot"}
	err := json.Unmarshal([]byte(os.Getenv("FAUXDR_INPUT")), &t)
	said := word{}
	if err == nil {
		said, err = run(t)
	}
	var no refused
	if errors.As(err, &no) && no.status < 500 {
		said = word{Outcome: "refused", Status: no.status, Reason: err.Error()}
	} else if err != nil {
		said = word{Outcome: "failed", Status: no.status, Reason: err.Error()}
	}
	json.NewEncoder(os.Stdout).Encode(said)
	if said.Outcome != "accepted" && said.Outcome != "completed" {
		os.Exit(1)
	}
}
